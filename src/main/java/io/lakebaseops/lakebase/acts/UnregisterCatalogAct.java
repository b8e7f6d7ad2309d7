package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import java.util.Optional;

/// Takes exactly this registration out of Unity Catalog; grants on the catalog go with it.
public record UnregisterCatalogAct(String catalog, String project, String branch, String database)
        implements ControlPlaneAct {
    @Override
    public String inWords() {
        return "take catalog %s (database %s of %s/%s) out of Unity Catalog"
                .formatted(catalog, database, project, branch);
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("catalog", catalog).text("database", database);
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact(
                "unregister_catalog", "grants on the catalog are lost and queries over it fail");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.unity().unregister(new Registration(catalog, project, branch, database), deadline);
        return Optional.empty();
    }
}
