package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.ChangeRunner;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.Preconditions;
import io.lakebaseops.change.execution.RunCancellation;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.state.Lease;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The way of an approved plan: preconditions read again → risk assessed again → steps →
/// verification.
final class PlanExecution {
    private static final Duration RECHECK = Duration.ofSeconds(20);

    private final Preconditions preconditions;
    private final RiskAssessor risks;
    private final ChangeRunner runner;
    private final PostconditionCheck prover;
    private final PlanStateRecorder journal;

    PlanExecution(
            Preconditions preconditions,
            RiskAssessor risks,
            ChangeRunner runner,
            PostconditionCheck prover,
            PlanStateRecorder journal) {
        this.preconditions = preconditions;
        this.risks = risks;
        this.runner = runner;
        this.prover = prover;
        this.journal = journal;
    }

    /// Why the target cannot be asked whether the plan still fits it; empty when it can.
    Optional<String> unreadable(FiledPlan filed) {
        try {
            preconditions.broken(filed.plan(), Deadline.in(RECHECK));
            return Optional.empty();
        } catch (OpsException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// The plan is marked RUNNING by `me`, who holds its turn.
    Decision run(FiledPlan filed, Lease turn, String me, RunCancellation cancellation) {
        List<String> broken;
        try {
            broken = preconditions.broken(filed.plan(), Deadline.in(RECHECK));
        } catch (OpsException | IllegalArgumentException e) {
            var why = "nothing ran, its preconditions could not be read: " + e.getMessage();
            return nothingRan(filed, State.FAILED, why, me);
        }
        if (!broken.isEmpty()) {
            var why = "nothing ran, the target changed: " + String.join("; ", broken);
            return nothingRan(filed, State.SUPERSEDED, why, me);
        }
        var now = risks.now(filed.plan()).risk();
        if (now.level().compareTo(filed.risk().level()) > 0) {
            var why = "nothing ran, " + DecisionService.raisedTo(now);
            return nothingRan(filed, State.SUPERSEDED, why, me);
        }
        switch (runner.run(filed, turn, cancellation)) {
            case ChangeRunner.Run.Stopped(var reason) ->
                    journal.close(filed.id(), State.FAILED, reason, me, "failed");
            case ChangeRunner.Run.Completed(var notes) -> {
                journal.close(filed.id(), State.DONE, null, me, "done");
                var undone = filed.plan().undoOf();
                if (undone != null) {
                    journal.undone(undone, filed.id());
                }
                verify(filed, notes);
            }
        }
        return new Decision.Granted(filed);
    }

    private Decision nothingRan(FiledPlan filed, State state, String why, String me) {
        journal.close(filed.id(), state, why, me, DecisionService.words(state));
        return new Decision.Declined(why);
    }

    void verify(FiledPlan filed) {
        verify(filed, List.of());
    }

    private void verify(FiledPlan filed, List<String> notes) {
        var plan = filed.plan();
        var measured = prover.measure(plan.target(), plan.proofs()).noting(notes);
        journal.verified(filed.id(), measured, "verification");
    }
}
