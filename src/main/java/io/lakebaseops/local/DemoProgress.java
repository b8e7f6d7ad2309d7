package io.lakebaseops.local;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Progress of loading the demo's data. Loaded in the background once the server is ready.
///
/// @param took how long loading took or has taken so far; zero when nothing was loaded
/// @param problem why it FAILED; null otherwise
public record DemoProgress(Phase phase, Duration took, @Nullable String problem) {

    public enum Phase {
        /// No demo was asked for, or the server runs in another process.
        NONE,
        LOADING,
        READY,
        FAILED
    }

    public static DemoProgress none() {
        return new DemoProgress(Phase.NONE, Duration.ZERO, null);
    }
}
