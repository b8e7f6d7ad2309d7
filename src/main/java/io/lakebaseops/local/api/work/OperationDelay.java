package io.lakebaseops.local.api.work;

import java.time.Duration;

/// The least time that operations take. Real operations are never instant, and a client that relies
/// on it would fail on the platform.
///
/// @param operation least time from the reply to the end of an operation
/// @param settle least time a compute keeps its `pending_state` after a change
/// @param sweep time between two looks for expired branches
public record OperationDelay(Duration operation, Duration settle, Duration sweep) {
    public static final OperationDelay NORMAL =
            new OperationDelay(
                    Duration.ofMillis(150), Duration.ofMillis(200), Duration.ofSeconds(1));

    /// Waits until `least` has passed since `begin`, in `System.nanoTime()`.
    static void restOf(Duration least, long begin) {
        Duration rest = least.minusNanos(System.nanoTime() - begin);
        if (rest.isPositive()) {
            sleep(rest);
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the control plane is stopping", e);
        }
    }
}
