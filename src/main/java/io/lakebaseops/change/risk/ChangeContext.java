package io.lakebaseops.change.risk;

import io.lakebaseops.lakebase.ControlPlane;

import java.util.Map;

/// Where would a change happen? What the risk policy knows besides the steps.
///
/// @param environment of the target's own branch
/// @param branches what the control plane says about branches the plan would delete
/// @param known false when the control plane could not be asked: the worst is assumed
public record ChangeContext(
        Environment environment, Map<String, ControlPlane.Branch> branches, boolean known) {
    public ChangeContext {
        branches = Map.copyOf(branches);
    }

    /// Order is ascending by how careful one has to be.
    public enum Environment {
        /// A copy we made ourselves that ends by itself, unprotected: nobody's data is at stake.
        EPHEMERAL,
        OTHER,
        /// A project that this very plan makes: nothing of anybody's is in it yet.
        NEW,
        STAGING,
        PRODUCTION
    }
}
