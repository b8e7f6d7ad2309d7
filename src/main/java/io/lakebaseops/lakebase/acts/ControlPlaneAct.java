package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.lakebase.ControlPlane;

import java.util.Locale;
import java.util.Optional;

/// An act on the control plane, whole: its words, the branch whose standing decides how dangerous
/// it is, how dangerous it is, what it does to branches, and how it runs. One more act is one more
/// file and its name in this list; a rule of `policy/risk-policy.yaml` that is missing counts as
/// HIGH.
///
/// What is so already is left alone, so that an act may run twice.
public sealed interface ControlPlaneAct extends ApiAct
        permits CreateBranchAct,
                DeleteBranchAct,
                UndeleteBranchAct,
                PurgeBranchAct,
                ProtectBranchAct,
                SetExpiryAct,
                CreateProjectAct,
                DeleteProjectAct,
                TagProjectAct,
                ShapeEndpointAct,
                EnsureRoleAct,
                RegisterCatalogAct,
                UnregisterCatalogAct,
                GrantOnCatalogAct,
                RevokeOnCatalogAct {

    @Override
    default String kind() {
        return kind(getClass());
    }

    /// `CreateBranchAct` is `create_branch`.
    static String kind(Class<?> act) {
        return act.getSimpleName()
                .replaceAll("Act$", "")
                .replaceAll("(?<=.)(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    /// The branch whose standing the risk depends on; empty when none matters.
    default Optional<BranchRef> touches() {
        return Optional.empty();
    }

    RiskFact risk(Standing standing);

    /// Blocking. Returns what it made, if it made a project or branch.
    Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, ControlPlane.OperationProgress progress);

    /// @throws IllegalArgumentException for an act that is none of this list
    static ControlPlaneAct of(ApiAct act) {
        if (act instanceof ControlPlaneAct known) {
            return known;
        }
        throw new IllegalArgumentException("No act on the control plane: " + act);
    }
}
