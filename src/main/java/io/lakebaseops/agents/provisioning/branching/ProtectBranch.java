package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.ProtectBranchAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// Proposes to protect a branch from deletion and reset.
public final class ProtectBranch implements ChangeTool<ProtectBranch.Input, ProtectBranch.Output> {
    private final ControlPlaneAccess planes;
    private final PolicyGuard guard;

    public ProtectBranch(ControlPlaneAccess planes, BranchPolicy policy) {
        this.planes = planes;
        this.guard = new PolicyGuard(policy);
    }

    public record Input(
            @Doc("Branch; left out: the one looked at") @Nullable String branch,
            @Doc(value = "false takes the protection off", defaultValue = "true")
                    boolean protect) {}

    /// @param wasProtected before anything changes
    /// @param holder the branch that holds the project's protection now, if any
    public record Output(
            String branch, boolean wasProtected, boolean wanted, @Nullable String holder) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ProtectBranch.class,
                        "Protects a branch from deletion and reset, or takes the protection off",
                        "A.branching")
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var tree = BranchTree.of(planes, context).orElse(null);
        if (tree == null) {
            return refuse(
                    "there is no project " + context.target().project(),
                    "choose a Lakebase project");
        }
        var id = input.branch() == null ? context.target().branch() : input.branch();
        var branch = tree.find(id).orElse(null);
        if (branch == null) {
            return refuse(tree.noSuch(id), tree.known());
        }
        var refusal = guard.refusal(PolicyGuard.Act.PROTECT, id, context.actor());
        if (refusal.isPresent()) {
            return refuse(refusal.get(), "ask somebody who may, or change the branch policy");
        }
        var holder = tree.protectedOne().map(Branch::id).orElse(null);
        var output = new Output(id, branch.isProtected(), input.protect(), holder);
        if (branch.isProtected() == input.protect()) {
            var so = "%s is %sprotected already".formatted(id, input.protect() ? "" : "un");
            return new Proposal<>(
                    new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), List.of(so)),
                    List.of());
        }
        if (input.protect() && holder != null) {
            return refuse(
                    "only one branch of a project can be protected, and %s is".formatted(holder),
                    "take the protection off %s first".formatted(holder));
        }
        if (input.protect() && branch.expiresAt() != null) {
            return refuse(
                    "%s expires at %s, and a branch that expires cannot be protected"
                            .formatted(id, branch.expiresAt()),
                    "take its expiry off first");
        }
        return new Proposal<>(Outcome.live(output), List.of(plan(tree, branch, input, context)));
    }

    private ChangePlan plan(BranchTree tree, Branch branch, Input input, ToolContext context) {
        var id = branch.id();
        boolean on = input.protect();
        var verb = on ? "Protect branch" : "Unprotect branch";
        return new BranchPlan(tree, descriptor().name(), context)
                .of(
                        verb,
                        "%s %s of %s".formatted(verb, id, tree.project()),
                        id,
                        "%s asked for it".formatted(context.actor().name()),
                        List.of(step(verb, tree, id, on)),
                        new Undo(
                                List.of(step("Set the protection back", tree, id, !on)),
                                on ? "takes the protection off again" : "protects it again",
                                List.of(
                                        new Postcondition.BranchProtected(
                                                id + " is as before", tree.project(), id, !on))),
                        new ExpectedEffect(
                                on
                                        ? "the branch can be neither deleted nor reset, and the"
                                                + " project cannot be deleted"
                                        : "the branch can be deleted and reset",
                                "1 s",
                                null),
                        List.of(tree.asSeen(branch)),
                        List.of(
                                new Postcondition.BranchProtected(
                                        id + (on ? " is protected" : " is not protected"),
                                        tree.project(),
                                        id,
                                        on)));
    }

    private static Step step(String title, BranchTree tree, String id, boolean on) {
        return new Step.ApiStep(
                title + " " + id,
                new ProtectBranchAct(tree.project(), id, on),
                Reversibility.REVERSIBLE);
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
