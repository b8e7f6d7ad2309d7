package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.Map;
import java.util.Optional;

/// Sets the tags of a project, by which costs are shown.
///
/// @param tags all of them: what is not named here is taken off
public record TagProjectAct(String project, Map<String, String> tags) implements ControlPlaneAct {
    public TagProjectAct {
        tags = ActText.sorted(tags);
    }

    @Override
    public String inWords() {
        return "tag project " + project + ActText.named(": ", tags);
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.text("project", project).pairs("tag", tags);
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact("tag_project", "tags only change how costs are shown");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.tagProject(project, tags, deadline);
        return Optional.empty();
    }
}
