package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/// Makes a project with its branch `production` and that branch's endpoint.
///
/// @param suspendSeconds idle time before the compute stops; null = never
public record CreateProjectAct(
        String project,
        String displayName,
        double minCu,
        double maxCu,
        @Nullable Long suspendSeconds,
        boolean isProtected,
        Map<String, String> tags)
        implements ControlPlaneAct {
    private static final String FIRST_BRANCH = "production";

    public CreateProjectAct {
        tags = ActText.sorted(tags);
    }

    @Override
    public String inWords() {
        return "create project %s (%s) with %s to %s CU, %s, production %s%s"
                .formatted(
                        project,
                        displayName,
                        minCu,
                        maxCu,
                        ActText.suspension(suspendSeconds),
                        isProtected ? "protected" : "not protected",
                        ActText.named(", tags ", tags));
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.text("project", project).text("display_name", displayName);
        out.number("min_cu", minCu).number("max_cu", maxCu);
        out.text("suspend", suspendSeconds).flag("protected", isProtected);
        out.pairs("tag", tags);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.Made(
                project,
                FIRST_BRANCH,
                BranchEffect.Made.Way.WITH_ITS_PROJECT,
                null,
                null,
                isProtected);
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact("create_project", "a new project costs money while it runs");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        var made =
                plane.createProject(
                        new ControlPlane.NewProject(
                                project,
                                displayName,
                                minCu,
                                maxCu,
                                ActText.duration(suspendSeconds),
                                isProtected,
                                tags),
                        deadline,
                        progress);
        return Optional.of(new CreatedResource(project, null, made.uid(), null, false));
    }
}
