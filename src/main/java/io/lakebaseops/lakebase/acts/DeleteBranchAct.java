package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Deletes a branch; the service keeps it for some days.
///
/// @param expired its time was over: so it is told in its life story
public record DeleteBranchAct(String project, String branch, @Nullable String uid, boolean expired)
        implements ControlPlaneAct, Destructive {
    public DeleteBranchAct(String project, String branch, @Nullable String uid) {
        this(project, branch, uid, false);
    }

    /// In the undo of the plan that makes the branch.
    public static DeleteBranchAct madeByThisPlan(String project, String branch) {
        return new DeleteBranchAct(project, branch, null, false);
    }

    @Override
    public String inWords() {
        return "delete branch %s of %s".formatted(branch, project);
    }

    @Override
    public Optional<BranchRef> touches() {
        return Optional.of(new BranchRef(project, branch, uid));
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("uid", uid).flag("expired", expired);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.Gone(
                project,
                branch,
                uid,
                expired ? BranchEffect.Gone.Way.EXPIRED : BranchEffect.Gone.Way.DELETED);
    }

    @Override
    public RiskFact risk(Standing standing) {
        if (standing.oursToEnd()) {
            return new RiskFact("delete_own_branch", "a plan of ours made the branch to end");
        }
        var live = standing.live();
        return new RiskFact(
                "delete_other_branch",
                !standing.known()
                        ? "nobody could say what the branch is"
                        : live != null && live.isProtected()
                                ? "the branch is protected"
                                : live != null && live.isDefault()
                                        ? "it is the default branch"
                                        : standing.ours() != null
                                                ? "the branch was made to stay"
                                                : "no plan of ours made the branch");
    }

    @Override
    public DeleteBranchAct on(CreatedResource made) {
        return project.equals(made.project()) && branch.equals(made.branch())
                ? new DeleteBranchAct(project, branch, made.uid(), expired)
                : this;
    }

    /// Gone already: its expiry came first, or this is the second run of an undo.
    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        var live = plane.branch(project, branch, deadline);
        if (live.isPresent()) {
            Destructive.same(
                    "Delete branch %s of %s".formatted(branch, project), uid, live.get().uid());
            plane.deleteBranch(project, branch, deadline);
        }
        return Optional.empty();
    }
}
