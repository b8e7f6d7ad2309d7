package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.Optional;

/// Puts a branch under the project's only protection, or takes it off.
public record ProtectBranchAct(String project, String branch, boolean isProtected)
        implements ControlPlaneAct {
    @Override
    public String inWords() {
        return "%s branch %s of %s"
                .formatted(isProtected ? "protect" : "unprotect", branch, project);
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).flag("protected", isProtected);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.Guarded(project, branch, isProtected);
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact(
                "protect_branch",
                isProtected
                        ? "the only protected branch of the project is taken"
                        : "the branch can be deleted and reset from then on");
    }

    /// Nothing is to be unprotected where nothing is: an undo of what was half made.
    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        if (isProtected || plane.branch(project, branch, deadline).isPresent()) {
            plane.protectBranch(project, branch, isProtected, deadline);
        }
        return Optional.empty();
    }
}
