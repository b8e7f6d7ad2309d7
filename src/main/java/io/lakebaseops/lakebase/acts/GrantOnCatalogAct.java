package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gives a principal privileges on a catalog of Unity Catalog.
///
/// @param principal a group of the account, or a user
public record GrantOnCatalogAct(String catalog, String principal, List<String> privileges)
        implements ControlPlaneAct {
    public GrantOnCatalogAct {
        privileges = privileges.stream().sorted().toList();
    }

    @Override
    public String inWords() {
        return "grant %s on catalog %s to %s"
                .formatted(String.join(", ", privileges), catalog, principal);
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.text("catalog", catalog).text("principal", principal);
        out.each("privilege", privileges, (f, p) -> f.text("name", p));
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        return new RiskFact(
                standing.production() ? "grant_on_catalog_in_production" : "grant_on_catalog",
                "%s may do more in Unity Catalog from then on".formatted(principal));
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.unity().grant(catalog, principal, new TreeSet<>(privileges), deadline);
        return Optional.empty();
    }
}
