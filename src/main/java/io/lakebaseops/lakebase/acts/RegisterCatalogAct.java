package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import java.util.Optional;

/// Makes a database visible in Unity Catalog; the database itself stays as it is.
///
/// @param makeDatabase makes the database first when it is missing
public record RegisterCatalogAct(
        String catalog, String project, String branch, String database, boolean makeDatabase)
        implements ControlPlaneAct {
    @Override
    public String inWords() {
        return "register database %s of %s/%s as catalog %s of Unity Catalog%s"
                .formatted(
                        database,
                        project,
                        branch,
                        catalog,
                        makeDatabase ? ", making the database if missing" : "");
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("catalog", catalog).text("database", database);
        out.flag("make_database", makeDatabase);
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact(
                "register_catalog",
                "Unity Catalog shows the database to whoever is granted to see it");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.unity()
                .register(
                        new Registration(catalog, project, branch, database),
                        makeDatabase,
                        deadline,
                        progress);
        return Optional.empty();
    }
}
