package io.lakebaseops.trial;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.state.CreatedResourceStore;
import io.lakebaseops.state.StateDb;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The branches that trials of processes that died left behind. Only the very branch that a trial's
/// plan made, by our record of its uid, is deleted.
final class AbandonedTrials {
    private static final int LOOK_BACK = 500;

    private final ControlPlaneAccess planes;
    private final Supplier<StateDb> state;
    private final TrialGate gate;
    private final Clock clock;

    AbandonedTrials(
            ControlPlaneAccess planes, Supplier<StateDb> state, TrialGate gate, Clock clock) {
        this.planes = planes;
        this.state = state;
        this.gate = gate;
        this.clock = clock;
    }

    /// The uid of the branch that this plan made, by our record.
    Optional<String> made(FiledPlan plan, String branch) {
        return new CreatedResourceStore(state.get(), clock)
                .of(plan.id()).stream()
                        .filter(c -> branch.equals(c.branch()))
                        .map(CreatedResource::uid)
                        .findFirst();
    }

    /// Returns the branches, each with what became of it.
    List<String> sweep(Actor actor, Deadline deadline) {
        var swept = new ArrayList<String>();
        Set<TargetId> seen = new HashSet<>();
        for (var plan : gate.past(LOOK_BACK)) {
            for (var step : plan.plan().steps()) {
                // Newest first: what was deleted, or there before, is nobody's leftover.
                if (step instanceof Step.ApiStep(_, DeleteBranchAct d, _)
                        && plan.state() == FiledPlan.State.DONE) {
                    var t = plan.plan().target();
                    seen.add(new TargetId(t.profile(), d.project(), d.branch()));
                }
                if (step instanceof Step.ApiStep(_, CreateBranchAct c, _)) {
                    var t = plan.plan().target();
                    var target = new TargetId(t.profile(), c.project(), c.branch());
                    if (seen.add(target)) {
                        abandoned(target, plan, deadline)
                                .ifPresent(
                                        uid ->
                                                swept.add(
                                                        c.branch()
                                                                + ": "
                                                                + remove(target, uid, actor)));
                    }
                }
            }
        }
        return swept;
    }

    /// The uid of the very branch this plan made, if it is still there to end.
    private Optional<String> abandoned(TargetId target, FiledPlan plan, Deadline deadline) {
        return made(plan, target.branch())
                .filter(
                        uid ->
                                planes.of(target)
                                        .flatMap(
                                                p ->
                                                        p.branch(
                                                                target.project(),
                                                                target.branch(),
                                                                deadline))
                                        .filter(b -> b.uid().equals(uid) && b.expiresAt() != null)
                                        .isPresent());
    }

    private String remove(TargetId target, String uid, Actor actor) {
        var turn = state.get().tryLease(BranchTrial.turnOf(target));
        if (turn.isEmpty()) {
            return "still in use";
        }
        try (var _ = turn.get()) {
            return TrialBranch.delete(target, uid, actor, gate);
        }
    }
}
