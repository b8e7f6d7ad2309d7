package io.lakebaseops.framework.work;

import java.time.Duration;

/// Calls back at a steady pace. Handed in, so that a test can turn time by hand.
@FunctionalInterface
public interface Ticker {
    /// @param tick must be quick; blocking work belongs into [WorkRoom#start]
    Ticking every(String name, Duration pace, Runnable tick);

    /// Ends the ticking.
    @FunctionalInterface
    interface Ticking extends AutoCloseable {
        @Override
        void close();
    }
}
