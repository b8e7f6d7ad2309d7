package io.lakebaseops.framework.work;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// A piece of background work as a value: what, how far, cancel, result.
public interface Work<T> {
    UUID id();

    String title();

    Instant startedAt();

    /// 0 to 1, negative when unknown.
    double progress();

    String message();

    boolean done();

    /// Asks it to stop; returns at once.
    void cancel();

    /// Waits for the result.
    T join();

    /// The result if there already, else null.
    @Nullable T resultOrNull();
}
