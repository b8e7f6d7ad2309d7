package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.agents.provisioning.branching.PullRequests.PullRequest;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlaneAccess;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Proposes to delete the branch of a closed pull request. Its branch goes; if it was merged, its
/// migrations are due on staging and then production.
public final class DeleteBranchOnPrClose
        implements ChangeTool<DeleteBranchOnPrClose.Input, DeleteBranchOnPrClose.Output> {
    static final String KIND = "migration_replay_due";

    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;
    private final PolicyGuard guard;
    private final PullRequests pullRequests;

    public DeleteBranchOnPrClose(
            ControlPlaneAccess planes, BranchPolicy policy, PullRequests pullRequests) {
        this.planes = planes;
        this.policy = policy;
        this.guard = new PolicyGuard(policy);
        this.pullRequests = pullRequests;
    }

    public record Input(
            @Doc("Number of the pull request") long pr,
            @Doc(value = "Its changes were taken over", defaultValue = "false") boolean merged,
            @Doc("When the event happened; left out: now") @Nullable Instant happenedAt) {}

    /// @param existed the branch was still there; the filed plan says whether it is gone
    /// @param replay what is due now because it was merged, in words
    public record Output(long pr, String branch, boolean existed, @Nullable String replay) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        DeleteBranchOnPrClose.class,
                        "Deletes the branch of a closed pull request; if merged, says which replay is due",
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
        var id = BranchName.of(Long.toString(input.pr()), CreateBranchOnPr.TYPE, policy).value();
        var now = context.clock().instant();
        var at = input.happenedAt() == null ? now : input.happenedAt();
        var before = pullRequests.find(context.target(), input.pr());
        var news =
                new PullRequest(
                        input.pr(),
                        id,
                        before.map(PullRequest::ref).orElse(null),
                        false,
                        input.merged(),
                        at);
        if (!pullRequests.heard(context.target(), news, context.actor().name())) {
            return found(
                    new Output(input.pr(), id, tree.find(id).isPresent(), null),
                    "something newer is known about pull request %d; nothing is done"
                            .formatted(input.pr()),
                    List.of(),
                    List.of());
        }
        var replay = input.merged() ? replay(input.pr()) : null;
        var findings = replay == null ? List.<Finding>of() : List.of(due(replay, news, context));
        var branch = tree.find(id);
        var output = new Output(input.pr(), id, branch.isPresent(), replay);
        if (branch.isEmpty()) {
            return found(output, "branch %s is gone already".formatted(id), findings, List.of());
        }
        var why =
                "pull request %d was %s"
                        .formatted(input.pr(), input.merged() ? "merged" : "closed");
        var kept = obstacle(tree, id, context);
        return kept != null
                ? found(output, "%s stays: %s".formatted(id, kept), findings, List.of())
                : found(
                        output,
                        null,
                        findings,
                        List.of(
                                new BranchPlan(tree, descriptor().name(), context)
                                        .delete(branch.get(), false, why)));
    }

    private @Nullable String obstacle(BranchTree tree, String id, ToolContext context) {
        var branch = tree.find(id).orElseThrow();
        var children = tree.children(branch);
        if (branch.isProtected() || branch.isDefault()) {
            return branch.isProtected() ? "it is protected" : "it is the default branch";
        }
        return children.isEmpty()
                ? guard.refusal(PolicyGuard.Act.DELETE, id, context.actor()).orElse(null)
                : "it has children: " + String.join(", ", children);
    }

    private String replay(long pr) {
        return ("the migrations of pull request %d are to be applied to %s with"
                        + " apply_schema_migration, and after a look at the result to production,"
                        + " with an approval")
                .formatted(pr, policy.pullRequests().source());
    }

    private static Finding due(String replay, PullRequest pr, ToolContext context) {
        return Finding.of(
                context.target(),
                KIND,
                Severity.WARNING,
                new Subject("pull_request", null, null, null, Long.toString(pr.number())),
                "Pull request %d was merged: %s".formatted(pr.number(), replay),
                new Confidence(1, "the repository told of the merge"),
                null,
                null,
                List.of(
                        new Evidence(
                                "event: pull request closed",
                                Map.of("pr", pr.number()),
                                new Rows(List.of(Map.of("merged", true, "at", pr.at()))),
                                pr.at())),
                context.clock().instant());
    }

    private static Proposal<Output> found(
            Output output,
            @Nullable String caveat,
            List<Finding> findings,
            List<ChangePlan> plans) {
        return new Proposal<>(
                new Outcome.Found<>(
                        output,
                        Source.LIVE,
                        findings,
                        List.of(),
                        caveat == null ? List.of() : List.of(caveat)),
                plans);
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
