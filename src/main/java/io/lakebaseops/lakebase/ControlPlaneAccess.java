package io.lakebaseops.lakebase;

import io.lakebaseops.domain.TargetId;

import java.util.Optional;

/// Which control plane does a target belong to? None for a plain PostgreSQL.
@FunctionalInterface
public interface ControlPlaneAccess {
    Optional<ControlPlane> of(TargetId target);
}
