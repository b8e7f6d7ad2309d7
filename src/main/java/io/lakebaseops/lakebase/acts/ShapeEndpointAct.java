package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/// Gives an endpoint this shape, and makes it first when a read-only one is missing.
///
/// @param suspendSeconds idle time before the compute stops; null = never
public record ShapeEndpointAct(
        String project,
        String branch,
        String endpoint,
        boolean readWrite,
        double minCu,
        double maxCu,
        @Nullable Long suspendSeconds,
        boolean disabled,
        Map<String, String> settings)
        implements ControlPlaneAct {
    public ShapeEndpointAct {
        settings = ActText.sorted(settings);
    }

    @Override
    public String inWords() {
        return "%s endpoint %s of %s/%s: %s to %s CU, %s%s%s"
                .formatted(
                        readWrite ? "read-write" : "read-only",
                        endpoint,
                        project,
                        branch,
                        minCu,
                        maxCu,
                        ActText.suspension(suspendSeconds),
                        disabled ? ", disabled" : "",
                        ActText.named(", ", settings));
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("endpoint", endpoint).flag("read_write", readWrite);
        out.number("min_cu", minCu).number("max_cu", maxCu);
        out.text("suspend", suspendSeconds).flag("disabled", disabled);
        out.pairs("setting", settings);
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact("shape_endpoint", "a compute may restart to take its settings");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.shapeEndpoint(
                project,
                branch,
                endpoint,
                new ControlPlane.EndpointConfig(
                        readWrite,
                        minCu,
                        maxCu,
                        ActText.duration(suspendSeconds),
                        disabled,
                        settings),
                deadline);
        return Optional.empty();
    }
}
