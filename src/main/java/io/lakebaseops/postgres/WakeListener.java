package io.lakebaseops.postgres;

import io.lakebaseops.domain.TargetId;

import java.time.Duration;

/// Told when a connection woke a suspended compute, and how long that took. Called on the thread
/// that connects: it must not block.
@FunctionalInterface
public interface WakeListener {
    WakeListener NOBODY = (_, _) -> {};

    void woke(TargetId target, Duration took);
}
