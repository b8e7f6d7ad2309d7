package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.agents.provisioning.branching.PullRequests.PullRequest;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Gives an open pull request the branch it tests on: a new one of staging, or the one it has,
/// which then lives on; opened, reopened and synchronised are all the same to it.
public final class CreateBranchOnPr
        implements ChangeTool<CreateBranchOnPr.Input, CreateBranchOnPr.Output> {
    static final String TYPE = "ci";

    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;
    private final PolicyGuard guard;
    private final PullRequests pullRequests;

    public CreateBranchOnPr(
            ControlPlaneAccess planes, BranchPolicy policy, PullRequests pullRequests) {
        this.planes = planes;
        this.policy = policy;
        this.guard = new PolicyGuard(policy);
        this.pullRequests = pullRequests;
    }

    public record Input(
            @Doc("Number of the pull request") long pr,
            @Doc("Branch or commit of the repository") @Nullable String ref,
            @Doc(value = "Start again from staging if it has a branch", defaultValue = "false")
                    boolean fresh,
            @Doc("When the event happened; left out: now") @Nullable Instant happenedAt) {}

    /// @param act `create`, `reuse`, `reset` or `none`
    /// @param expiresAt as it will be
    public record Output(
            long pr, String branch, String source, String act, @Nullable Instant expiresAt) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        CreateBranchOnPr.class,
                        "Gives an open pull request its branch of staging, or lets the one it has live on",
                        "A.branching")
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(10));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var tree = BranchTree.of(planes, context).orElse(null);
        if (tree == null) {
            return refuse(
                    "there is no project " + context.target().project(),
                    "choose a Lakebase project");
        }
        var name = BranchName.of(Long.toString(input.pr()), TYPE, policy);
        var refusal = guard.refusal(PolicyGuard.Act.CREATE, name.value(), context.actor());
        if (refusal.isPresent()) {
            return refuse(refusal.get(), "ask somebody who may, or change the branch policy");
        }
        var now = context.clock().instant();
        var news =
                new PullRequest(
                        input.pr(),
                        name.value(),
                        input.ref(),
                        true,
                        false,
                        input.happenedAt() == null ? now : input.happenedAt());
        if (!pullRequests.heard(context.target(), news, context.actor().name())) {
            return late(input, name.value());
        }
        var ttl = Objects.requireNonNull(policy.types().get(TYPE)).ttl();
        var there = tree.find(name.value());
        return there.isPresent()
                ? again(tree, there.get(), ttl, input, context)
                : first(tree, name, ttl, input, context);
    }

    private Proposal<Output> late(Input input, String branch) {
        return found(
                new Output(input.pr(), branch, source(), "none", null),
                "something newer is known about pull request %d; nothing is done"
                        .formatted(input.pr()),
                List.of());
    }

    private Proposal<Output> first(
            BranchTree tree,
            BranchName name,
            @Nullable Duration ttl,
            Input input,
            ToolContext context) {
        var wanted =
                new BranchSpec(tree.project(), name, source(), ttl, false, null, input.ref(), null);
        var obstacle =
                new BranchObstacles(tree.plane(), policy)
                        .find(wanted, tree.branches(), context.deadline());
        if (obstacle.isPresent()) {
            return refuse(obstacle.get().why(), obstacle.get().remedy());
        }
        var id = name.value();
        var steps = new ArrayList<Step>();
        tree.held(id, context)
                .ifPresent(
                        held ->
                                steps.add(
                                        new Step.ApiStep(
                                                "Free the name " + id,
                                                new PurgeBranchAct(tree.project(), id, held.uid()),
                                                Reversibility.IRREVERSIBLE)));
        steps.add(
                new Step.ApiStep(
                        "Create branch %s from %s".formatted(id, source()),
                        new CreateBranchAct(
                                tree.project(),
                                id,
                                source(),
                                ttl == null ? null : ttl.toSeconds(),
                                false),
                        Reversibility.REVERSIBLE));
        var undo =
                new Undo(
                        List.of(
                                new Step.ApiStep(
                                        "Delete branch " + id,
                                        DeleteBranchAct.madeByThisPlan(tree.project(), id),
                                        Reversibility.IRREVERSIBLE)),
                        "deletes the branch and whatever was written to it",
                        List.of(new Postcondition.BranchGone(id + " is gone", tree.project(), id)));
        var absent =
                new Precondition.BranchState(id + " is not there yet", tree.project(), id, false);
        return found(
                output(input, id, "create", ttl, context),
                null,
                List.of(plan(tree, id, "Create branch", steps, undo, absent, input, context)));
    }

    private Proposal<Output> again(
            BranchTree tree,
            Branch branch,
            @Nullable Duration ttl,
            Input input,
            ToolContext context) {
        var id = branch.id();
        boolean fixed =
                branch.isProtected() || branch.isDefault() || !tree.children(branch).isEmpty();
        if (fixed) {
            return found(
                    new Output(input.pr(), id, source(), "reuse", branch.expiresAt()),
                    "%s is protected or has children; it is used as it is".formatted(id),
                    List.of());
        }
        if (!input.fresh()) {
            var why = "pull request %d is open".formatted(input.pr());
            return found(
                    output(input, id, "reuse", ttl, context),
                    null,
                    List.of(
                            new BranchPlan(tree, descriptor().name(), context)
                                    .expire(branch, ttl, why)));
        }
        if (branch.source() == null || tree.find(branch.source()).isEmpty()) {
            return refuse("the parent of %s is gone".formatted(id), "delete it and start again");
        }
        return found(
                output(input, id, "reset", ttl, context),
                null,
                List.of(
                        plan(
                                tree,
                                id,
                                "Reset branch",
                                new BranchRebuild(tree, branch, context).bare(ttl),
                                Undo.none("what was written to the branch is gone"),
                                tree.asSeen(branch),
                                input,
                                context)));
    }

    private ChangePlan plan(
            BranchTree tree,
            String id,
            String verb,
            List<Step> steps,
            Undo undo,
            Precondition branch,
            Input input,
            ToolContext context) {
        return new BranchPlan(tree, descriptor().name(), context)
                .of(
                        verb,
                        "%s %s for pull request %d".formatted(verb, id, input.pr()),
                        id,
                        "pull request %d is open%s"
                                .formatted(
                                        input.pr(),
                                        input.ref() == null ? "" : " (" + input.ref() + ")"),
                        steps,
                        undo,
                        new ExpectedEffect("a copy of " + source(), "1–60 s", null),
                        List.of(
                                branch,
                                new Precondition.BranchState(
                                        source() + " is there", tree.project(), source(), true)),
                        List.of(
                                new Postcondition.BranchReady(
                                        id + " is ready and its endpoint settled",
                                        tree.project(),
                                        id)));
    }

    private Output output(
            Input input, String id, String act, @Nullable Duration ttl, ToolContext context) {
        return new Output(
                input.pr(),
                id,
                source(),
                act,
                ttl == null ? null : context.clock().instant().plus(ttl));
    }

    private String source() {
        return policy.pullRequests().source();
    }

    private static Proposal<Output> found(
            Output output, @Nullable String caveat, List<ChangePlan> plans) {
        return new Proposal<>(
                new Outcome.Found<>(
                        output,
                        Source.LIVE,
                        List.of(),
                        List.of(),
                        caveat == null ? List.of() : List.of(caveat)),
                plans);
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
