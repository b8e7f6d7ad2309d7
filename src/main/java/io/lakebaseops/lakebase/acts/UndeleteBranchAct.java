package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.Optional;

/// Brings back a deleted branch that was not purged yet, with its data.
public record UndeleteBranchAct(String project, String branch) implements ControlPlaneAct {
    @Override
    public String inWords() {
        return "bring back the deleted branch %s of %s".formatted(branch, project);
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.Made(
                project, branch, BranchEffect.Made.Way.RESTORED, null, null, false);
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact("undelete_branch", "a branch comes back, nothing goes");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.undeleteBranch(project, branch, deadline);
        return Optional.empty();
    }
}
