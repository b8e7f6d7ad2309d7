package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.ChangeRunner;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.Preconditions;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.state.Lease;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The way of an approved plan: preconditions read again → steps → verification; and the way back.
final class PlanExecution {
    private static final Duration RECHECK = Duration.ofSeconds(20);

    private final Preconditions preconditions;
    private final ChangeRunner runner;
    private final PostconditionCheck prover;
    private final PlanStateRecorder journal;
    private final CreatedResources created;

    PlanExecution(
            Preconditions preconditions,
            ChangeRunner runner,
            PostconditionCheck prover,
            PlanStateRecorder journal,
            CreatedResources created) {
        this.created = created;
        this.preconditions = preconditions;
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
    Decision run(FiledPlan filed, Lease turn, String me) {
        List<String> broken;
        try {
            broken = preconditions.broken(filed.plan(), Deadline.in(RECHECK));
        } catch (OpsException | IllegalArgumentException e) {
            var why = "nothing ran, its preconditions could not be read: " + e.getMessage();
            journal.close(filed.id(), State.FAILED, why, me, "failed");
            return new Decision.Declined(why);
        }
        if (!broken.isEmpty()) {
            var why = "nothing ran, the target changed: " + String.join("; ", broken);
            journal.close(filed.id(), State.SUPERSEDED, why, me, "superseded");
            return new Decision.Declined(why);
        }
        switch (runner.run(filed, filed.plan().steps(), Receipt.Phase.RUN, turn)) {
            case ChangeRunner.Run.Stopped(var reason) ->
                    journal.close(filed.id(), State.FAILED, reason, me, "failed");
            case ChangeRunner.Run.Completed _ -> {
                journal.close(filed.id(), State.DONE, null, me, "done");
                verify(filed);
            }
        }
        return new Decision.Granted(filed);
    }

    void verify(FiledPlan filed) {
        var plan = filed.plan();
        journal.verified(filed.id(), prover.measure(plan.target(), plan.proofs()), "verification");
    }

    /// The plan is marked UNDOING by `me`, who holds its turn.
    Decision undo(FiledPlan filed, Lease turn, String me) {
        switch (runner.run(filed, MadeSteps.exact(filed, created), Receipt.Phase.UNDO, turn)) {
            case ChangeRunner.Run.Stopped(var reason) ->
                    journal.close(
                            filed.id(), State.FAILED, "undo failed: " + reason, me, "undo_failed");
            case ChangeRunner.Run.Completed _ -> {
                journal.close(filed.id(), State.UNDONE, null, me, "undone");
                var proofs = filed.plan().undo().proofs();
                if (!proofs.isEmpty()) {
                    journal.verified(
                            filed.id(),
                            prover.measure(filed.plan().target(), proofs),
                            "undo_verification");
                }
            }
        }
        return new Decision.Granted(filed);
    }
}
