package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Proposes to give a branch its parent's state again, and shows what would be lost. Name, life,
/// computes and own roles stay; a reset that broke off half-way is taken up again.
public final class ResetBranchFromParent
        implements ChangeTool<ResetBranchFromParent.Input, ResetBranchFromParent.Output> {
    /// Proposed at night, decided in the morning.
    private static final Duration LIFE = Duration.ofHours(20);

    private final ControlPlaneAccess planes;
    private final Targets targets;
    private final BranchPolicy policy;
    private final PolicyGuard guard;
    private final InterruptedResets broken;

    public ResetBranchFromParent(
            ControlPlaneAccess planes,
            Targets targets,
            BranchPolicy policy,
            InterruptedResets broken) {
        this.planes = planes;
        this.targets = targets;
        this.policy = policy;
        this.guard = new PolicyGuard(policy);
        this.broken = broken;
    }

    public record Input(
            @Doc(value = "Branch to reset", defaultValue = "\"staging\"") String branch) {}

    /// @param tables written to or shaped otherwise than the parent's, database by database
    /// @param roles of its own, made again without their passwords
    /// @param resumes an earlier reset broke off; only the rest of it is proposed
    public record Output(
            String branch,
            String parent,
            List<Table> tables,
            List<Session> sessions,
            List<String> roles,
            boolean resumes) {
        public Output {
            tables = List.copyOf(tables);
            sessions = List.copyOf(sessions);
            roles = List.copyOf(roles);
        }
    }

    public record Table(String database, String schema, String table, String lost) {}

    public record Session(
            int pid, @Nullable String user, String application, @Nullable String state) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ResetBranchFromParent.class,
                        "Gives a branch its parent's state again, after listing what would be lost",
                        "A.branching")
                .about(ToolDescriptor.Scope.PROJECT)
                .every("0 2 * * *");
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var tree = BranchTree.of(planes, context).orElse(null);
        var id = input.branch();
        if (tree == null) {
            return refuse(
                    "there is no project " + context.target().project(),
                    "choose a Lakebase project");
        }
        var refusal = guard.refusal(PolicyGuard.Act.RESET, id, context.actor());
        if (refusal.isPresent()) {
            return refuse(refusal.get(), "ask somebody who may, or change the branch policy");
        }
        var branch = tree.find(id).orElse(null);
        var rest = broken.rest(context.target(), id, branch);
        if (rest.isPresent()) {
            return resume(tree, id, rest.get(), context);
        }
        if (branch == null) {
            return refuse(tree.noSuch(id), tree.known());
        }
        var obstacle = obstacle(tree, branch);
        return obstacle != null
                ? obstacle
                : reset(tree, branch, BranchLosses.of(targets, branch, context), context);
    }

    private static @Nullable Proposal<Output> obstacle(BranchTree tree, Branch branch) {
        var id = branch.id();
        if (branch.isProtected()) {
            return refuse(
                    "%s is protected, and a protected branch cannot be reset".formatted(id),
                    "take its protection off with protect_branch (protect=false), reset it, then"
                            + " protect it again; or create a new branch of the parent and move the"
                            + " clients there");
        }
        if (branch.isDefault() || branch.source() == null) {
            return refuse(
                    "%s has no parent to be reset from".formatted(id),
                    "choose a branch that was made from another one");
        }
        if (tree.find(branch.source()).isEmpty()) {
            return refuse(
                    "its parent %s is gone".formatted(branch.source()),
                    "create a new branch from another one instead");
        }
        var children = tree.children(branch);
        return children.isEmpty()
                ? null
                : refuse(
                        "%s has children (%s), and they would lose their parent"
                                .formatted(id, String.join(", ", children)),
                        "delete them first, or let them expire");
    }

    private Proposal<Output> reset(
            BranchTree tree, Branch branch, BranchLosses losses, ToolContext context) {
        var rebuild = new BranchRebuild(tree, branch, context);
        var roles = rebuild.ownRoles().stream().map(r -> r.name()).toList();
        var caveats = new ArrayList<>(losses.caveats());
        caveats.add("its endpoints get new addresses; clients must read them again");
        if (!roles.isEmpty()) {
            caveats.add("passwords of its own roles are not kept: " + String.join(", ", roles));
        }
        var output =
                new Output(
                        branch.id(),
                        String.valueOf(branch.source()),
                        losses.tables().stream()
                                .map(t -> new Table(t.database(), t.schema(), t.table(), t.how()))
                                .toList(),
                        losses.sessions().stream()
                                .map(
                                        s ->
                                                new Session(
                                                        s.pid(),
                                                        s.user(),
                                                        s.application(),
                                                        s.state()))
                                .toList(),
                        roles,
                        false);
        var plan =
                plan(
                        tree,
                        branch.id(),
                        "Reset %s to the state of %s".formatted(branch.id(), branch.source()),
                        "%s asked for it; %s".formatted(context.actor().name(), losses.inWords()),
                        rebuild.withComputes(policy.limits().longestTtl()),
                        List.of(tree.asSeen(branch)),
                        losses,
                        context);
        return new Proposal<>(
                new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats),
                List.of(plan));
    }

    private Proposal<Output> resume(
            BranchTree tree, String id, InterruptedResets.Rest rest, ToolContext context) {
        var none = new BranchLosses(List.of(), List.of(), List.of(), List.of());
        var output = new Output(id, rest.parent(), List.of(), List.of(), List.of(), true);
        var caveat =
                "an earlier reset broke off (%s); the rest of it is proposed"
                        .formatted(rest.reason());
        var plan =
                plan(
                        tree,
                        id,
                        "Finish the reset of %s to the state of %s".formatted(id, rest.parent()),
                        caveat,
                        rest.steps(),
                        List.of(
                                new Precondition.BranchState(
                                        rest.parent() + " is there",
                                        tree.project(),
                                        rest.parent(),
                                        true)),
                        none,
                        context);
        return new Proposal<>(
                new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), List.of(caveat)),
                List.of(plan));
    }

    private ChangePlan plan(
            BranchTree tree,
            String id,
            String title,
            String why,
            List<Step> steps,
            List<Precondition> preconditions,
            BranchLosses losses,
            ToolContext context) {
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                descriptor().name(),
                context.actor(),
                "Reset branch",
                title,
                Subject.branch(id),
                why,
                steps,
                Undo.none("what was written to the branch is gone"),
                new ExpectedEffect(
                        "the branch holds what its parent holds",
                        "5–120 s",
                        "every session on the branch ends"),
                preconditions,
                List.of(new Postcondition.BranchReady(id + " is ready again", tree.project(), id)),
                losses.evidence(),
                null,
                null,
                now,
                now.plus(LIFE));
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
