package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Archivals that run, stopped or are done, for screens and plans.
public interface Archivals {
    /// The newest first.
    List<Archival> list(TargetId target, int limit);

    Optional<Archival> find(UUID id);
}
