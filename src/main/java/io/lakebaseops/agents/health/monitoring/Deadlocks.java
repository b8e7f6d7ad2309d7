package io.lakebaseops.agents.health.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// How many deadlocks were there in the last hour? A rate over five seconds would call one deadlock
/// 720 an hour, so they are counted over a sliding hour instead.
///
/// @param watched how much of the hour we have seen
record Deadlocks(double seen, Duration watched) {
    private static final Duration HOUR = Duration.ofHours(1);

    /// Keeps the counter's readings of the last hour.
    static final class Window {
        private final Deque<Reading> readings = new ArrayDeque<>();
        private double before;

        private record Reading(Instant at, double counter) {}

        Deadlocks add(Instant at, double counter) {
            var last = readings.peekLast();
            if (last != null && counter < last.counter()) {
                // A reset took the counter back: what was seen before it stays seen.
                before += last.counter() - readings.getFirst().counter();
                readings.clear();
            }
            readings.addLast(new Reading(at, counter));
            while (Duration.between(readings.getFirst().at(), at).compareTo(HOUR) > 0) {
                readings.removeFirst();
                before = 0;
            }
            var first = readings.getFirst();
            return new Deadlocks(
                    before + counter - first.counter(), Duration.between(first.at(), at));
        }
    }
}
