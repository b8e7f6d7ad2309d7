package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Deletes a project with all its branches; it can be brought back for some days.
public record DeleteProjectAct(String project, @Nullable String uid)
        implements ControlPlaneAct, Destructive {
    /// In the undo of the plan that makes the project.
    public static DeleteProjectAct madeByThisPlan(String project) {
        return new DeleteProjectAct(project, null);
    }

    @Override
    public String inWords() {
        return "delete project " + project;
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.text("project", project).text("uid", uid);
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact("delete_project", "all branches of the project go with it");
    }

    @Override
    public DeleteProjectAct on(CreatedResource made) {
        return made.branch() == null && project.equals(made.project())
                ? new DeleteProjectAct(project, made.uid())
                : this;
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        var live = plane.project(project, deadline);
        if (live.isPresent()) {
            Destructive.same("Delete project " + project, uid, live.get().uid());
            plane.deleteProject(project, deadline);
        }
        return Optional.empty();
    }
}
