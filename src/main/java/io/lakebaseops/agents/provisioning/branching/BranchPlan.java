package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.SetExpiryAct;
import io.lakebaseops.lakebase.acts.UndeleteBranchAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// Plans that do one thing to one branch, with their way back.
record BranchPlan(BranchTree tree, String tool, ToolContext context) {
    /// A branch's standing changes quickly; an older plan is made anew.
    static final Duration LIFE = Duration.ofHours(4);

    /// @param expired its time is over: so it is told in its life story
    ChangePlan delete(Branch branch, boolean expired, String why) {
        var id = branch.id();
        return of(
                "Delete branch",
                "Delete branch %s of %s".formatted(id, tree.project()),
                id,
                why,
                List.of(
                        new Step.ApiStep(
                                "Delete branch " + id,
                                new DeleteBranchAct(tree.project(), id, branch.uid(), expired),
                                Reversibility.RECOVERABLE)),
                new Undo(
                        List.of(
                                new Step.ApiStep(
                                        "Bring back branch " + id,
                                        new UndeleteBranchAct(tree.project(), id),
                                        Reversibility.REVERSIBLE)),
                        "brings the branch back with its data, as long as the service keeps it",
                        List.of(
                                new Postcondition.BranchReady(
                                        id + " is back", tree.project(), id))),
                new ExpectedEffect("one branch less, its storage is freed later", "1–30 s", null),
                List.of(tree.asSeen(branch)),
                List.of(new Postcondition.BranchGone(id + " is gone", tree.project(), id)));
    }

    /// @param ttl from when it runs; null = no expiry
    ChangePlan expire(Branch branch, @Nullable Duration ttl, String why) {
        var id = branch.id();
        var now = context.clock().instant();
        var old = branch.expiresAt();
        var before = old == null ? null : Duration.between(now, old);
        boolean canGoBack = before == null || before.isPositive();
        var back =
                new Step.ApiStep(
                        "Give %s its earlier life back".formatted(id),
                        new SetExpiryAct(
                                tree.project(), id, before == null ? null : before.toSeconds()),
                        Reversibility.REVERSIBLE);
        return of(
                "Set expiry",
                ttl == null
                        ? "Let branch %s live without an end".formatted(id)
                        : "Let branch %s live for %s".formatted(id, BranchSpec.inWords(ttl)),
                id,
                why,
                List.of(
                        new Step.ApiStep(
                                "Set the expiry of " + id,
                                new SetExpiryAct(
                                        tree.project(), id, ttl == null ? null : ttl.toSeconds()),
                                canGoBack ? Reversibility.REVERSIBLE : Reversibility.RECOVERABLE)),
                canGoBack
                        ? new Undo(List.of(back), "sets the expiry it had", List.of())
                        : Undo.none("its earlier expiry has passed"),
                new ExpectedEffect("nothing in the branch changes", "1 s", null),
                List.of(tree.asSeen(branch)),
                List.of(
                        new Postcondition.BranchExpires(
                                id + " lives as long as wanted",
                                tree.project(),
                                id,
                                // The service counts from its own clock, a little later or earlier.
                                ttl == null ? null : now.plus(ttl).minusSeconds(60))));
    }

    ChangePlan of(
            String verb,
            String title,
            String branch,
            String why,
            List<Step> steps,
            Undo undo,
            ExpectedEffect effect,
            List<Precondition> preconditions,
            List<Postcondition> proofs) {
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                tool,
                context.actor(),
                verb,
                title,
                Subject.branch(branch),
                why,
                steps,
                undo,
                effect,
                preconditions,
                proofs,
                List.of(),
                null,
                null,
                now,
                now.plus(LIFE));
    }
}
