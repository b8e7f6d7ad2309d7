package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

/// A short burst of wait samples, for a scheduled cycle on a server that no console watches.
@FunctionalInterface
public interface WaitBurst {
    /// @return what to say about it; null when no burst was needed
    @Nullable String sample(TargetId target, Deadline deadline);
}
