package io.lakebaseops.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;

/// The best of several tries held against a limit of time: whatever else the machine does can only
/// make a try slower, never faster. The nightly run holds it to the limit itself; the ordinary one,
/// which must pass on a slow machine that builds something else besides, to ten times as much.
public final class Fastest {
    private static final int PATIENCE = Boolean.getBoolean("lakebaseops.speed") ? 1 : 10;

    private Fastest() {}

    /// Tries until one keeps `limit`, at most `tries` times; fails with all figures.
    public static Duration of(int tries, Duration limit, Callable<Duration> measured)
            throws Exception {
        var allowed = limit.multipliedBy(PATIENCE);
        var seen = new ArrayList<Duration>();
        do {
            seen.add(measured.call());
        } while (seen.getLast().compareTo(allowed) > 0 && seen.size() < tries);
        assertThat(seen.getLast()).as("the best of %s", seen).isLessThanOrEqualTo(allowed);
        return seen.getLast();
    }

    /// The time `work` takes on the clock.
    public static Duration wall(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
