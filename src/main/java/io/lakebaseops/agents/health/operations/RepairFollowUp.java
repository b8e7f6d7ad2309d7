package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.diagnosis.Diagnosis;
import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.diagnosis.RootCause;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Findings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Follows the repairs of `self_heal` to their effect. One whose proofs do not hold, or whose cause
/// is named again a while later, is taken back by a plan of its own and handed to a person with the
/// diagnosis.
public final class RepairFollowUp implements Consumer<FiledPlan> {
    private static final Logger log = LoggerFactory.getLogger(RepairFollowUp.class);

    /// Statistics and rates need some rounds to show that a cause is gone.
    private static final Duration SHOWS_AFTER = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Actor AGENT = Actor.agent("health");

    private final Targets targets;
    private final RootCause causes;
    private final Findings findings;
    private final Undoing undo;
    private final Clock clock;
    private final Map<UUID, Verified> verified = new ConcurrentHashMap<>();

    private record Verified(FiledPlan plan, Instant at) {}

    /// Files the plan that takes a done one back.
    @FunctionalInterface
    public interface Undoing {
        FiledPlan undo(UUID id, Actor by);
    }

    public RepairFollowUp(
            Targets targets, RootCause causes, Findings findings, Undoing undo, Clock clock) {
        this.targets = targets;
        this.causes = causes;
        this.findings = findings;
        this.undo = undo;
        this.clock = clock;
    }

    @Override
    public void accept(FiledPlan filed) {
        var plan = filed.plan();
        if (!plan.tool().equals(SelfHeal.TOOL)
                || plan.undoOf() != null
                || filed.state() != FiledPlan.State.DONE) {
            return;
        }
        switch (filed.verification()) {
            case Verification.NotConfirmed(var _, var measured) ->
                    didNotHelp(
                            filed, "its proofs do not hold: " + String.join("; ", measured), null);
            case Verification.Confirmed(var at, var _) ->
                    verified.put(filed.id(), new Verified(filed, at));
            case Verification.Inconclusive _ -> {}
            case null -> {}
        }
    }

    /// Diagnoses again where a repair was verified some time ago. To be called now and then.
    public void lookAgain() {
        var due = clock.instant().minus(SHOWS_AFTER);
        for (var repair : verified.values()) {
            if (!repair.at().isAfter(due) && verified.remove(repair.plan().id()) != null) {
                look(repair.plan());
            }
        }
    }

    private void look(FiledPlan repair) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        repair.plan().target(),
                        AGENT,
                        Deadline.in(LOOK),
                        clock,
                        ToolContext.Progress.SILENT);
        var answer =
                causes.ask(targets, repair.plan().subject().database(), null, context).diagnosis();
        if (answer instanceof Diagnosis.Causes c) {
            c.likely().stream()
                    .filter(h -> repair.plan().why().startsWith(h.title()))
                    .findFirst()
                    .ifPresent(h -> didNotHelp(repair, "its cause is still there", h));
        }
    }

    private void didNotHelp(FiledPlan repair, String why, @Nullable Hypothesis still) {
        var undone = takenBack(repair);
        findings.reconcile(
                repair.plan().target(),
                List.of(escalated(repair, why, undone, still)),
                List.of(),
                clock.instant());
    }

    private String takenBack(FiledPlan repair) {
        if (!repair.plan().undo().possible()) {
            return "there is nothing to take back: " + repair.plan().undo().note();
        }
        try {
            return undo.undo(repair.id(), AGENT).plan().title() + " was filed";
        } catch (OpsException e) {
            log.warn("Repair {} is not taken back: {}", repair.id(), e.getMessage());
            return "it could not be taken back: " + e.why();
        }
    }

    private Finding escalated(
            FiledPlan repair, String why, String undone, @Nullable Hypothesis still) {
        var plan = repair.plan();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("repair", plan.title());
        row.put("diagnosis", plan.why());
        row.put("outcome", why);
        row.put("taken_back", undone);
        row.put("now", still == null ? null : still.now());
        var now = clock.instant();
        return Finding.of(
                plan.target(),
                KIND,
                Severity.WARNING,
                plan.subject(),
                "%s did not help, %s; %s. The diagnosis was: %s"
                        .formatted(plan.title(), why, undone, plan.why()),
                new Confidence(1, "measured after the repair"),
                null,
                null,
                List.of(new Evidence("diagnosis/causes", Map.of(), new Rows(List.of(row)), now)),
                now);
    }

    static final String KIND = "repair_did_not_help";
}
