package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// What we know of one database: rights and extensions change rarely, so it is believed for five
/// minutes, or until the server was restarted, another login asks, or a query proves it wrong. That
/// something is missing is believed shortly: whoever was told so gives it and looks again.
final class ProbeCache {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration FRESH_WHERE_LACKING = Duration.ofSeconds(30);

    private record Taken(Probe probe, String login, Instant postmasterStart) {
        boolean holds(String by, Instant start, Instant now) {
            var can = probe.capabilities();
            return login.equals(by)
                    && postmasterStart.equals(start)
                    && now.isBefore(can.probedAt().plus(can.lacks() ? FRESH_WHERE_LACKING : FRESH));
        }
    }

    private final Clock clock;
    private volatile @Nullable Taken taken;

    ProbeCache(Clock clock) {
        this.clock = clock;
    }

    Probe get(String login, Instant postmasterStart, Supplier<Probe> fresh) {
        var known = taken;
        if (known != null && known.holds(login, postmasterStart, clock.instant())) {
            return known.probe();
        }
        var probe = fresh.get();
        taken = new Taken(probe, login, postmasterStart);
        return probe;
    }

    /// What was known is wrong: the next one looks.
    void forget() {
        taken = null;
    }
}
