package io.lakebaseops.change;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlane;

import java.util.Optional;

/// Which control plane does a target belong to? None for a plain PostgreSQL.
@FunctionalInterface
public interface ControlPlaneAccess {
    Optional<ControlPlane> of(TargetId target);
}
