package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/// Is what we know about a database still so? Rights and extensions change rarely: five minutes.
/// A restarted server drops every connection, so a newly opened one asks for a new look, too.
final class ProbeCache {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private record Taken(Probe probe, long opened) {}

    private final Clock clock;
    private volatile @Nullable Taken taken;

    ProbeCache(Clock clock) {
        this.clock = clock;
    }

    /// @param opened how many connections were opened so far
    Probe get(long opened, Supplier<Probe> fresh) {
        var known = taken;
        if (known != null
                && known.opened() == opened
                && clock.instant().isBefore(known.probe().capabilities().probedAt().plus(FRESH))) {
            return known.probe();
        }
        var probe = fresh.get();
        taken = new Taken(probe, opened);
        return probe;
    }
}
