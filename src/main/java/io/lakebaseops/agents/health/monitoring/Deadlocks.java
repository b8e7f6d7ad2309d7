package io.lakebaseops.agents.health.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// The deadlocks of the last hour. A rate over five seconds would call one deadlock 720 an hour,
/// so they are counted over a sliding hour instead.
///
/// @param watched how long they were counted: up to an hour, longer after a pause in measuring
record Deadlocks(double seen, Duration watched) {
    private static final Duration HOUR = Duration.ofHours(1);

    /// What was seen in less than an hour is not multiplied up: it is the least the hour can have.
    double perHour() {
        return watched.compareTo(HOUR) <= 0 ? seen : seen * HOUR.toMillis() / watched.toMillis();
    }

    /// Keeps the counter's readings of the last hour, and the one before them to count from.
    static final class Window {
        private final Deque<Reading> readings = new ArrayDeque<>();

        /// @param total what was seen since watching began; a reset does not take it back
        private record Reading(Instant at, double counter, double total) {}

        Deadlocks add(Instant at, double counter) {
            var last = readings.peekLast();
            double more =
                    last == null
                            ? 0
                            : counter < last.counter() ? counter : counter - last.counter();
            readings.addLast(new Reading(at, counter, last == null ? 0 : last.total() + more));
            while (readings.size() > 2 && olderThanAnHour(second(), at)) {
                readings.removeFirst();
            }
            var first = readings.getFirst();
            return new Deadlocks(
                    readings.getLast().total() - first.total(), Duration.between(first.at(), at));
        }

        private Reading second() {
            var all = readings.iterator();
            all.next();
            return all.next();
        }

        private static boolean olderThanAnHour(Reading reading, Instant now) {
            return Duration.between(reading.at(), now).compareTo(HOUR) >= 0;
        }
    }
}
