package io.lakebaseops.lakebase;

import io.lakebaseops.domain.TargetId;

import java.util.Optional;

/// The control plane that a target belongs to. None for a plain PostgreSQL.
@FunctionalInterface
public interface ControlPlaneAccess {
    Optional<ControlPlane> of(TargetId target);
}
