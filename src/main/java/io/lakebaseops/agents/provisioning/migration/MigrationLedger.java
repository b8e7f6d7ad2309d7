package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Settings;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Tells of migrated schemas: once per plan that ended well, whichever process saw it end:
/// what was told is kept in the state database, and what a process died over is told at the next
/// start.
public final class MigrationLedger implements Consumer<FiledPlan> {
    private static final String TOLD = "migration.told/";
    private static final int LOOK_BACK = 200;

    /// News older than that helps nobody: the analyses it starts run daily anyway.
    private static final Duration NEWS = Duration.ofDays(1);

    private final ApprovalDesk desk;
    private final Settings settings;
    private final EventBus events;
    private final Clock clock;

    public MigrationLedger(ApprovalDesk desk, Settings settings, EventBus events, Clock clock) {
        this.desk = desk;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    /// A plan is told of when its steps are done and again when its proofs were measured; only the
    /// latter is success. After a failure some files may be in; the plan that finishes them tells.
    @Override
    public void accept(FiledPlan filed) {
        boolean succeeded =
                filed.plan().tool().equals(ApplySchemaMigration.NAME)
                        && filed.state() == FiledPlan.State.DONE
                        && filed.verification() instanceof Verification.Confirmed;
        if (succeeded && settings.putFirst(TOLD + filed.id(), now(), "migration ledger")) {
            events.publish(
                    new OpsEvent.SchemaMigrated(
                            filed.plan().target(), clock.instant(), version(filed)));
        }
    }

    /// Call it at start, after those who react have subscribed.
    public void restore() {
        var since = clock.instant().minus(NEWS);
        for (var filed : desk.history(LOOK_BACK)) {
            var finished = filed.finishedAt();
            if (finished != null && finished.isAfter(since)) {
                accept(filed);
            }
        }
    }

    /// The last file, as the plan itself notes it in the history table.
    private static String version(FiledPlan filed) {
        return filed.plan().steps().stream()
                .flatMap(
                        s ->
                                s instanceof Step.ScriptStep script
                                        ? script.statements().stream()
                                        : Stream.empty())
                .flatMap(s -> s.params().stream())
                .filter(p -> p.name().equals(MigrationSteps.SCRIPT) && p.value() != null)
                .map(p -> String.valueOf(p.value()))
                .reduce((_, last) -> last)
                .orElseThrow(
                        () -> new IllegalStateException("Plan " + filed.id() + " notes no file"));
    }

    private String now() {
        return clock.instant().toString();
    }
}
