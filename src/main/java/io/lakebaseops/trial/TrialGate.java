package io.lakebaseops.trial;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// Carries out the acts of a trial through the gate, like everybody: each act is a plan, its risk
/// is computed, and what would need a person is not waited for.
final class TrialGate {
    static final String TOOL = "branch_trial";
    private static final Duration LOOK = Duration.ofMillis(50);

    /// How long a plan that was approved may take to begin, so that it can be cancelled.
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(1);

    private final ApprovalDesk desk;
    private final Function<UUID, List<Receipt>> history;
    private final Clock clock;

    TrialGate(ApprovalDesk desk, Function<UUID, List<Receipt>> history, Clock clock) {
        this.desk = desk;
        this.history = history;
        this.clock = clock;
    }

    /// The plan as it ended, done or failed.
    ///
    /// @throws OpsException DENIED when it would need a person, TIMEOUT past the deadline
    FiledPlan carryOut(
            TargetId target,
            Actor actor,
            String title,
            String why,
            List<Step> steps,
            List<Precondition> preconditions,
            List<Postcondition> proofs,
            Deadline deadline) {
        deadline.check(title);
        var now = clock.instant();
        var filed =
                desk.file(
                        new ChangePlan(
                                target,
                                TOOL,
                                actor,
                                "Try",
                                title,
                                Subject.branch(target.branch()),
                                why,
                                steps,
                                Undo.none("the branch is deleted after the trial"),
                                new ExpectedEffect(
                                        "only a short-lived copy is touched", null, null),
                                preconditions,
                                proofs,
                                List.of(),
                                null,
                                null,
                                now,
                                now.plus(Duration.ofHours(1))));
        if (filed.state() == FiledPlan.State.HELD_BACK) {
            throw new OpsException(
                    OpsException.Kind.DENIED,
                    title,
                    String.valueOf(filed.reason()),
                    "ask whoever said no, or try it yourself");
        }
        if (filed.risk().level() != RiskLevel.LOW) {
            desk.reject(filed.id(), actor, "a trial does not wait for people");
            throw new OpsException(
                    OpsException.Kind.DENIED,
                    title,
                    "it would need an approval: " + String.join("; ", filed.risk().reasons()),
                    "try it on a branch made by the trial itself");
        }
        return ended(filed.id(), title, actor, deadline);
    }

    private FiledPlan ended(UUID id, String title, Actor actor, Deadline deadline) {
        while (true) {
            var now = desk.find(id).orElseThrow();
            if (!now.state().open()) {
                return now;
            }
            if (deadline.cancelled() || deadline.expired()) {
                throw stopped(id, title, actor, deadline);
            }
            pause(title);
        }
    }

    /// Cancelled at its server, and waited for: what was done until then is said.
    private OpsException stopped(UUID id, String title, Actor actor, Deadline deadline) {
        var plan = cancelled(id, title, actor, Deadline.in(BEGINS_WITHIN));
        return new OpsException(
                deadline.cancelled() ? OpsException.Kind.CANCELLED : OpsException.Kind.TIMEOUT,
                title,
                plan.state() == FiledPlan.State.DONE
                        ? "it was done before the cancel arrived, and stays on the branch"
                        : plan.reason() + "; " + committed(plan),
                "run it again when ready");
    }

    /// By name: what a cancelled run has done stays.
    private String committed(FiledPlan plan) {
        var done =
                receipts(plan).stream()
                        .filter(r -> r.outcome() == Receipt.Outcome.DONE)
                        .map(Receipt::title)
                        .toList();
        return done.isEmpty()
                ? "nothing was committed before"
                : "committed before, and still there: " + String.join(", ", done);
    }

    /// The plan once it has ended. One that was approved but has not begun cannot be cancelled yet,
    /// and would run to its end later: it is tried again.
    private FiledPlan cancelled(UUID id, String title, Actor actor, Deadline begins) {
        while (true) {
            try {
                return desk.cancel(id, actor).plan();
            } catch (OpsException e) {
                if (e.kind() != OpsException.Kind.CONFLICT) {
                    throw e;
                }
            }
            var plan = desk.find(id).orElseThrow();
            if (!plan.state().open() || begins.expired()) {
                return plan;
            }
            pause(title);
        }
    }

    private static void pause(String title) {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, title, "interrupted", "run it again", e);
        }
    }

    List<Receipt> receipts(FiledPlan plan) {
        return history.apply(plan.id()).stream()
                .filter(r -> r.phase() == Receipt.Phase.RUN)
                .toList();
    }

    /// Plans of trials, newest first.
    List<FiledPlan> past(int limit) {
        return desk.history(limit).stream().filter(p -> p.plan().tool().equals(TOOL)).toList();
    }
}
