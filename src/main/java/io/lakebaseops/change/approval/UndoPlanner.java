package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ApiAct;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.state.StateDb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes the plan that takes a done plan back.
///
/// It is a plan like any other: filed, shown, assessed, decided, checked. It takes back what the
/// first plan made and nothing else: the proofs of that must still hold, and a branch it would
/// delete must be the very one that was made then.
final class UndoPlanner {
    /// The clocks of the control plane and of this machine need not agree to the second.
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration DECIDE_WITHIN = Duration.ofHours(24);

    private final StateDb db;
    private final FiledEntries filed;
    private final ControlPlaneAccess controlPlanes;
    private final Clock clock;

    UndoPlanner(StateDb db, FiledEntries filed, ControlPlaneAccess controlPlanes, Clock clock) {
        this.db = db;
        this.filed = filed;
        this.controlPlanes = controlPlanes;
        this.clock = clock;
    }

    /// @throws OpsException when there is no way back, or none any more
    ChangePlan of(FiledPlan done, Actor by) {
        var plan = done.plan();
        if (done.state() != State.DONE && !halfWay(done)) {
            throw impossible(
                    done,
                    "only a plan that is done can be undone; this one is "
                            + DecisionService.words(done.state()));
        }
        if (!plan.undo().possible()) {
            throw impossible(done, "there is no way back: " + plan.undo().note());
        }
        db.tx(tx -> filed.objection(tx, done))
                .ifPresent(
                        why -> {
                            throw impossible(done, why);
                        });
        var now = clock.instant();
        return new ChangePlan(
                plan.target(),
                plan.tool(),
                by,
                "Undo",
                "Undo: " + plan.title(),
                plan.subject(),
                "Takes back plan %.8s, done %s%s: %s"
                        .formatted(
                                done.id(),
                                done.finishedAt(),
                                done.decidedBy() == null ? "" : ", decided by " + done.decidedBy(),
                                plan.undo().note()),
                plan.undo().steps(),
                Undo.none("it takes a change back: file the change again instead"),
                new ExpectedEffect(plan.undo().note(), null, null),
                preconditions(done),
                plan.undo().proofs(),
                List.of(),
                null,
                null,
                now,
                now.plus(DECIDE_WITHIN),
                done.id());
    }

    /// Acts on the control plane leave alone what is not there, so they can also take back a part.
    private static boolean halfWay(FiledPlan plan) {
        return plan.state() == State.FAILED
                && plan.plan().undo().steps().stream().allMatch(Step.ApiStep.class::isInstance);
    }

    private List<Precondition> preconditions(FiledPlan done) {
        var all = new ArrayList<Precondition>();
        // What was not proved cannot have changed since.
        if (done.verification() instanceof Verification.Confirmed) {
            done.plan()
                    .proofs()
                    .forEach(
                            p ->
                                    all.add(
                                            new Precondition.StillTrue(
                                                    "Unchanged since: " + p.description(), p)));
        }
        for (var step : done.plan().undo().steps()) {
            if (step instanceof Step.ApiStep(_, var act, _)) {
                branch(done, act, all);
            }
        }
        return all;
    }

    private void branch(FiledPlan done, ApiAct act, List<Precondition> all) {
        switch (act) {
            case ApiAct.DeleteBranch a -> named(done, a.project(), a.branch(), true, all);
            case ApiAct.ProtectBranch a -> named(done, a.project(), a.branch(), false, all);
            case ApiAct.SetExpiry a -> named(done, a.project(), a.branch(), false, all);
            case ApiAct.CreateBranch _,
                    ApiAct.UndeleteBranch _,
                    ApiAct.PurgeBranch _,
                    ApiAct.CreateProject _,
                    ApiAct.DeleteProject _,
                    ApiAct.TagProject _,
                    ApiAct.ShapeEndpoint _,
                    ApiAct.EnsureRole _,
                    ApiAct.CatalogAct _ -> {}
        }
    }

    /// The branch by its uid, as it stands now: protected, with a child or given another life, the
    /// undo is not the same act any more.
    private void named(
            FiledPlan done, String project, String id, boolean deletes, List<Precondition> all) {
        var plane = controlPlanes.of(done.plan().target());
        if (plane.isEmpty()) {
            return;
        }
        var branches = plane.get().branches(project, Deadline.in(LOOK));
        var found = branches.stream().filter(b -> b.id().equals(id)).findFirst();
        if (found.isEmpty()) {
            return;
        }
        var branch = found.get();
        if (deletes && !madeBy(done, branch)) {
            throw impossible(
                    done,
                    "branch %s was made %s, not by this plan: it is another one of that name"
                            .formatted(id, branch.createdAt()));
        }
        all.add(
                new Precondition.BranchAsSeen(
                        "Branch " + id + " is the one it was",
                        project,
                        id,
                        branch.uid(),
                        branch.isProtected(),
                        branch.isDefault(),
                        branches.stream().anyMatch(b -> id.equals(b.source())),
                        branch.expiresAt()));
    }

    private static boolean madeBy(FiledPlan done, ControlPlane.Branch branch) {
        var from = done.decidedAt() == null ? done.filedAt() : done.decidedAt();
        Instant to = done.finishedAt();
        return to != null
                && !branch.createdAt().isBefore(from.minus(CLOCKS))
                && !branch.createdAt().isAfter(to.plus(CLOCKS));
    }

    private static OpsException impossible(FiledPlan plan, String why) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Undo '" + plan.plan().title() + "'",
                why,
                "look at what is there now and plan what you want instead");
    }
}
