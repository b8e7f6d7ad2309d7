package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// What we know of one database: rights and extensions change rarely, so it is believed for five
/// minutes, or until the server was restarted.
final class ProbeCache {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private record Taken(Probe probe, Instant postmasterStart) {}

    private final Clock clock;
    private volatile @Nullable Taken taken;

    ProbeCache(Clock clock) {
        this.clock = clock;
    }

    Probe get(Instant postmasterStart, Supplier<Probe> fresh) {
        var known = taken;
        if (known != null
                && known.postmasterStart().equals(postmasterStart)
                && clock.instant().isBefore(known.probe().capabilities().probedAt().plus(FRESH))) {
            return known.probe();
        }
        var probe = fresh.get();
        taken = new Taken(probe, postmasterStart);
        return probe;
    }
}
