package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.state.StateDb;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the plan that takes a done plan back.
///
/// It is a plan like any other: filed, shown, assessed, decided, checked. It takes back what the
/// first plan made and nothing else: the proofs of that must still hold, and a branch it would
/// delete must be the very one that was made then.
final class UndoPlanner {
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration DECIDE_WITHIN = Duration.ofHours(24);

    private final StateDb db;
    private final FiledEntries filed;
    private final ControlPlaneAccess controlPlanes;
    private final CreatedResources created;
    private final Clock clock;

    UndoPlanner(
            StateDb db,
            FiledEntries filed,
            ControlPlaneAccess controlPlanes,
            CreatedResources created,
            Clock clock) {
        this.created = created;
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
        var steps = MadeSteps.exact(done, created);
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
                steps,
                Undo.none("it takes a change back: file the change again instead"),
                new ExpectedEffect(plan.undo().note(), null, null),
                preconditions(done, steps),
                plan.undo().proofs(),
                List.of(),
                null,
                null,
                now,
                now.plus(DECIDE_WITHIN),
                done.id());
    }

    /// Acts on the control plane leave alone what is not there, and the journal of an archival
    /// knows which rows have left, so both can also take back a part.
    private static boolean halfWay(FiledPlan plan) {
        return plan.state() == State.FAILED
                && plan.plan().undo().steps().stream()
                        .allMatch(s -> s instanceof Step.ApiStep || s instanceof Step.ArchiveStep);
    }

    private List<Precondition> preconditions(FiledPlan done, List<Step> steps) {
        var all = new ArrayList<Precondition>();
        // What was not proved cannot have changed since. A restore goes by its journal and compares
        // every row, so that it also brings back what is left of an archive.
        boolean rows = done.plan().steps().stream().allMatch(s -> s instanceof Step.ArchiveStep);
        if (!rows && done.verification() instanceof Verification.Confirmed) {
            done.plan()
                    .proofs()
                    .forEach(
                            p ->
                                    all.add(
                                            new Precondition.StillTrue(
                                                    "Unchanged since: " + p.description(), p)));
        }
        for (var step : steps) {
            if (step instanceof Step.ApiStep(_, var act, _)) {
                branch(done, act.effect(), all);
            }
        }
        return all;
    }

    private void branch(FiledPlan done, BranchEffect effect, List<Precondition> all) {
        switch (effect) {
            case BranchEffect.Gone g ->
                    live(done, g.project(), g.branch())
                            .ifPresent(b -> all.add(seen(done, exactly(done, g, b))));
            case BranchEffect.Guarded g ->
                    live(done, g.project(), g.branch()).ifPresent(b -> all.add(seen(done, b)));
            case BranchEffect.LifeSet set ->
                    live(done, set.project(), set.branch()).ifPresent(b -> all.add(seen(done, b)));
            case BranchEffect.Made _, BranchEffect.None _ -> {}
        }
    }

    private Optional<Branch> live(FiledPlan done, String project, String id) {
        return controlPlanes
                .of(done.plan().target())
                .flatMap(p -> p.branch(project, id, Deadline.in(LOOK)));
    }

    /// What is deleted must be the very branch that this plan made, by our record of its uid.
    private static Branch exactly(FiledPlan done, BranchEffect.Gone gone, Branch live) {
        if (gone.uid() == null) {
            throw impossible(
                    done,
                    "nothing is recorded of branch %s having been made by this plan"
                            .formatted(live.id()));
        }
        if (!gone.uid().equals(live.uid())) {
            throw impossible(
                    done,
                    "branch %s was made %s, not by this plan: it is another one of that name"
                            .formatted(live.id(), live.createdAt()));
        }
        return live;
    }

    /// The branch by its uid, as it stands now: protected, with a child or given another life, the
    /// undo is not the same act any more.
    private Precondition seen(FiledPlan done, Branch branch) {
        boolean children =
                controlPlanes.of(done.plan().target()).stream()
                        .flatMap(p -> p.branches(branch.project(), Deadline.in(LOOK)).stream())
                        .anyMatch(b -> branch.id().equals(b.source()));
        return new Precondition.BranchAsSeen(
                "Branch " + branch.id() + " is the one it was",
                branch.project(),
                branch.id(),
                branch.uid(),
                branch.isProtected(),
                branch.isDefault(),
                children,
                branch.expiresAt());
    }

    private static OpsException impossible(FiledPlan plan, String why) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Undo '" + plan.plan().title() + "'",
                why,
                "look at what is there now and plan what you want instead");
    }
}
