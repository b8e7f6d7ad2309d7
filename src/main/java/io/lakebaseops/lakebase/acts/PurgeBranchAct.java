package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Frees the name of a deleted branch; its data cannot be brought back after that.
public record PurgeBranchAct(String project, String branch, @Nullable String uid)
        implements ControlPlaneAct, Destructive {
    @Override
    public String inWords() {
        return "purge the deleted branch %s of %s for good".formatted(branch, project);
    }

    @Override
    public Optional<BranchRef> touches() {
        return Optional.of(new BranchRef(project, branch, uid));
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("uid", uid);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.Gone(project, branch, uid, BranchEffect.Gone.Way.PURGED);
    }

    /// A branch that lives now is lost for good by it; of one deleted before, only the way back.
    @Override
    public RiskFact risk(Standing standing) {
        if (!standing.oursToEnd()) {
            return new RiskFact(
                    "purge_other_branch",
                    standing.ours() == null
                            ? "no plan of ours made the branch, and it is purged for good"
                            : "a branch made to stay is purged for good");
        }
        return standing.live() == null || standing.disposable()
                ? new RiskFact("purge_own_branch", "a branch of ours can no longer be brought back")
                : new RiskFact(
                        "purge_own_live_branch", "its data cannot be brought back, even for a day");
    }

    @Override
    public PurgeBranchAct on(CreatedResource made) {
        return this;
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        var held =
                plane.deletedBranches(project, deadline).stream()
                        .filter(b -> b.id().equals(branch))
                        .findFirst();
        if (held.isPresent()) {
            Destructive.same(
                    "Purge branch %s of %s".formatted(branch, project), uid, held.get().uid());
            plane.purgeBranch(project, branch, deadline);
        }
        return Optional.empty();
    }
}
