package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

/// The end of plans whose process died while it carried them out. Their turn is free although they
/// count as running: nobody knows how the last step ended, so they fail with what is known.
final class OrphanedPlanRecovery {
    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final Clock clock;

    OrphanedPlanRecovery(StateDb db, PlanStore store, PlanStateRecorder journal, Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    int settle() {
        int settled = 0;
        for (var plan : db.tx(tx -> store.list(tx, ChangeSql.PLAN_RUNNING))) {
            var turn = db.tryLease(PlanDesk.turnOf(plan.id()));
            if (turn.isPresent()) {
                try (var _ = turn.get()) {
                    var known = known(plan);
                    if (db.tx(tx -> settle(tx, plan.id(), known))) {
                        journal.tell(plan.id());
                        settled++;
                    }
                }
            }
        }
        return settled;
    }

    /// Looks again under lock: its process may have ended it between the list and the turn.
    private boolean settle(Tx tx, UUID id, String known) throws SQLException {
        var plan = store.lock(tx, id);
        if (plan.isEmpty() || !running(plan.get())) {
            return false;
        }
        var runner = store.runner(tx, id).orElse(null);
        var reason =
                "unknown outcome, check: its process ended in the middle (%s); %s; it is not run"
                                .formatted(runner, known)
                        + " again by itself";
        store.close(tx, id, State.FAILED, clock.instant(), reason, runner);
        journal.entry(tx, "abandoned", id, "gate", "reason", reason);
        return true;
    }

    private static boolean running(FiledPlan plan) {
        return plan.state() == State.RUNNING;
    }

    private String known(FiledPlan plan) {
        var all = db.tx(tx -> Receipts.of(tx, plan.id()));
        if (all.isEmpty()) {
            return "no step had begun";
        }
        var last = all.getLast();
        return switch (last.outcome()) {
            case STARTED ->
                    "step %d (%s) was running since %s%s"
                            .formatted(
                                    last.step(), last.title(), last.startedAt(), left(plan, last));
            case DONE -> "step %d (%s) was done".formatted(last.step(), last.title());
            case FAILED -> "step %d (%s) had failed".formatted(last.step(), last.title());
        };
    }

    /// What the control plane may have made although nobody was left to record it. It counts as
    /// somebody else's, which is safe: then nothing here deletes it by itself.
    private static String left(FiledPlan plan, Receipt last) {
        var steps = plan.plan().steps();
        return last.phase() == Receipt.Phase.RUN
                        && last.step() <= steps.size()
                        && steps.get(last.step() - 1) instanceof Step.ApiStep api
                        && ControlPlaneAct.of(api.act()).effect() instanceof BranchEffect.Made made
                ? "; branch %s may be there without being recorded as made by us: it is left alone, delete it yourself if it is not wanted"
                        .formatted(made.branch())
                : "";
    }
}
