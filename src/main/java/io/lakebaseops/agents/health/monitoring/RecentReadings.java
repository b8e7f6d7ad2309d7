package io.lakebaseops.agents.health.monitoring;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// The readings of the last minute, from which rates and ratios are taken.
final class RecentReadings {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Deque<ServerReading> readings = new ArrayDeque<>();

    /// @param before the round before
    /// @param windowStart the oldest that is not older than a minute; else the round before
    record Earlier(@Nullable ServerReading before, @Nullable ServerReading windowStart) {}

    synchronized Earlier add(ServerReading now) {
        var before = readings.peekLast();
        if (before != null && now.restartedSince(before)) {
            readings.clear();
        }
        while (readings.size() > 1
                && Duration.between(readings.getFirst().at(), now.at()).compareTo(KEPT) > 0) {
            readings.removeFirst();
        }
        var start = readings.peekFirst();
        readings.addLast(now);
        return new Earlier(before, start);
    }
}
