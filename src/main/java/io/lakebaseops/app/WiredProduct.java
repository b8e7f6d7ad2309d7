package io.lakebaseops.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.gameday.ProductUnderTest;
import io.lakebaseops.gameday.ProductUnderTest.Healing.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// The whole product, asked about one server the way a person or an agent asks.
final class WiredProduct implements ProductUnderTest {
    private static final Duration SETTLES = Duration.ofSeconds(90);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int RECENT = 200;

    private final Wiring wiring;
    private final TargetId target;
    private final Actor agent = Actor.agent("health");

    WiredProduct(Wiring wiring, TargetId target) {
        this.wiring = wiring;
        this.target = target;
    }

    @Override
    public Answer diagnose() {
        var report = run("diagnose_root_cause");
        if (!(report.data() instanceof DiagnoseRootCause.Output output)) {
            return new Answer("unavailable", null, String.valueOf(report.error()));
        }
        return new Answer(
                output.verdict(),
                output.causes().isEmpty() ? null : output.causes().getFirst().cause(),
                output.answer());
    }

    private ToolReport run(String tool) {
        return wiring.framework().run(tool, JsonNodeFactory.instance.objectNode(), target, agent);
    }

    @Override
    public List<String> alertsSince(Instant since) {
        return wiring.alerts().history(target, RECENT).stream()
                .filter(a -> !a.openedAt().isBefore(since))
                .map(a -> a.metric().id())
                .toList();
    }

    @Override
    public Healing heal(Instant since) {
        var report = run("self_heal");
        if (report.status() != ToolReport.Status.OK) {
            return new Healing(Outcome.FAILED, String.valueOf(report.error()));
        }
        report.plans().forEach(p -> settled(p.id()));
        var repairs = repairsSince(since);
        return repairs.outcome() != Outcome.NOTHING || report.findings().isEmpty()
                ? repairs
                : new Healing(
                        Outcome.HANDED_ON,
                        String.join(
                                "; ", report.findings().stream().map(Finding::summary).toList()));
    }

    @Override
    public Healing repairsSince(Instant since) {
        var done =
                wiring.approvals().history(RECENT).stream()
                        .filter(p -> ours(p, since))
                        .map(p -> settled(p.id()))
                        .toList();
        var verified = done.stream().filter(WiredProduct::verified).toList();
        if (!verified.isEmpty()) {
            return new Healing(Outcome.VERIFIED, titles(verified));
        }
        var open = wiring.approvals().waiting().stream().filter(p -> ours(p, since)).toList();
        if (!open.isEmpty()) {
            return new Healing(Outcome.WAITS_FOR_PERSON, titles(open));
        }
        return done.isEmpty()
                ? new Healing(Outcome.NOTHING, "")
                : new Healing(Outcome.FAILED, titles(done));
    }

    private boolean ours(FiledPlan plan, Instant since) {
        return plan.plan().target().equals(target) && !plan.filedAt().isBefore(since);
    }

    private static boolean verified(FiledPlan plan) {
        return plan.state() == FiledPlan.State.DONE
                && plan.verification() instanceof Verification.Confirmed;
    }

    private static String titles(List<FiledPlan> plans) {
        return String.join("; ", plans.stream().map(p -> p.plan().title()).toList());
    }

    /// What low risk lets run, to its end; what waits for a person stays as it is.
    private FiledPlan settled(UUID id) {
        var end = Deadline.in(SETTLES);
        while (true) {
            var plan = wiring.approvals().find(id).orElseThrow();
            boolean verifying = plan.state() == FiledPlan.State.DONE && plan.verification() == null;
            boolean byPolicy =
                    plan.state() == FiledPlan.State.WAITING && plan.risk().level() == RiskLevel.LOW;
            boolean moving = plan.state() == FiledPlan.State.RUNNING || verifying || byPolicy;
            if (!moving || end.expired()) {
                return plan;
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OpsException(
                        OpsException.Kind.CANCELLED, "The game day", "it was stopped", "", e);
            }
        }
    }

    @Override
    public List<Deed> deedsSince(Instant since) {
        return wiring.audit().entries(RECENT).stream()
                .filter(e -> e.kind().equals("receipt") && !e.at().isBefore(since))
                .map(AuditLog.AuditEntry::planId)
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(id -> wiring.approvals().find(id).stream())
                .filter(p -> p.plan().target().equals(target))
                .map(
                        p ->
                                new Deed(
                                        p.plan().tool(),
                                        p.plan().title(),
                                        p.plan().verb().startsWith("End")))
                .toList();
    }
}
