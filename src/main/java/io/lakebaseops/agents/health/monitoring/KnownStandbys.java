package io.lakebaseops.agents.health.monitoring;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// The standbys a primary had in the last day: one that is gone leaves no trace on the server.
final class KnownStandbys {
    /// One that stays away for longer was taken out of service.
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Map<String, Instant> lastSeen = new HashMap<>();

    record Missing(String name, Instant since) {}

    /// @param names one a line, null = none
    /// @return the one that is away longest, null when all are there
    synchronized @Nullable Missing missing(@Nullable String names, Instant now) {
        if (names != null) {
            names.lines().forEach(name -> lastSeen.put(name, now));
        }
        lastSeen.values().removeIf(seen -> Duration.between(seen, now).compareTo(REMEMBERED) > 0);
        return lastSeen.entrySet().stream()
                .filter(e -> e.getValue().isBefore(now))
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(e -> new Missing(e.getKey(), e.getValue()))
                .orElse(null);
    }
}
