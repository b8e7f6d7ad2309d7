package io.lakebaseops.agents.health.sync;

import io.lakebaseops.reconcile.PairCheck;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// What the last check of a pair came to.
///
/// @param lagSeconds how far the copy is behind; null when it could not be read
/// @param check null when it failed
/// @param error which side refused and why; null when it did not
/// @param remedy what to do about the error
public record PairResult(
        Status status,
        Instant checkedAt,
        Duration took,
        @Nullable Double lagSeconds,
        double limitSeconds,
        @Nullable PairCheck check,
        @Nullable String error,
        @Nullable String remedy) {

    /// As in `sync_validation_history`.
    public enum Status {
        IN_SYNC,
        DRIFT,
        STALE,
        FAILED
    }

    public boolean stale() {
        return lagSeconds != null && lagSeconds > limitSeconds;
    }
}
