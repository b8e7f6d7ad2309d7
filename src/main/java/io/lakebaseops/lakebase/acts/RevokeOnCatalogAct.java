package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Takes privileges on a catalog of Unity Catalog from a principal.
///
/// @param principal a group of the account, or a user
public record RevokeOnCatalogAct(String catalog, String principal, List<String> privileges)
        implements ControlPlaneAct {
    public RevokeOnCatalogAct {
        privileges = privileges.stream().sorted().toList();
    }

    @Override
    public String inWords() {
        return "revoke %s on catalog %s from %s"
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
                "revoke_on_catalog",
                "%s may do less in Unity Catalog from then on".formatted(principal));
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.unity().revoke(catalog, principal, new TreeSet<>(privileges), deadline);
        return Optional.empty();
    }
}
