package io.lakebaseops.reconcile;

import java.time.Duration;

/// @param settle what the pipeline is given to bring a change before its absence counts
/// @param batch the pipeline runs now and then: what changed after its last commit is not yet due
public record CheckOptions(Duration settle, boolean batch) {
    /// The change data feed is flushed every 15 seconds.
    public static final CheckOptions CONTINUOUS = new CheckOptions(Duration.ofSeconds(30), false);
}
