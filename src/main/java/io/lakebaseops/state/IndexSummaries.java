package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.util.Optional;

/// The last index analysis of each target in figures, so that a screen opens on it.
public interface IndexSummaries {
    Optional<IndexSummary> find(TargetId target);

    /// Takes the place of an earlier one.
    void put(TargetId target, IndexSummary summary);
}
