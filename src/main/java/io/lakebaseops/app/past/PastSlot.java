package io.lakebaseops.app.past;

import io.lakebaseops.lakehouse.history.WaitHistory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One step of the generated past: seconds just before it ends, minutes in the last two days, an
/// hour in the last month, three hours before, as a history that is summed up with age would have
/// them.
record PastSlot(Instant until, Duration length) {
    private record Step(Duration length, Duration back) {}

    /// From the end of the past backwards.
    private static final List<Step> STEPS =
            List.of(
                    new Step(Duration.ofSeconds(20), Duration.ofMinutes(20)),
                    new Step(Duration.ofMinutes(1), Duration.ofHours(2)),
                    new Step(Duration.ofMinutes(5), Duration.ofDays(2)),
                    new Step(Duration.ofHours(1), Duration.ofDays(30)));

    private static final Duration COARSEST = WaitHistory.LONGEST_INTERVAL;

    Instant from() {
        return until.minus(length);
    }

    double seconds() {
        return length.toSeconds();
    }

    boolean holds(Instant moment) {
        return !moment.isBefore(from()) && moment.isBefore(until);
    }

    private static Duration length(Duration back) {
        return STEPS.stream()
                .filter(step -> back.compareTo(step.back()) < 0)
                .findFirst()
                .map(Step::length)
                .orElse(COARSEST);
    }

    /// From the first to the last, which ends with the past.
    static List<PastSlot> between(Instant from, Instant until) {
        var slots = new ArrayList<PastSlot>();
        var end = until;
        while (end.isAfter(from)) {
            var length = length(Duration.between(end, until));
            slots.add(new PastSlot(end, length));
            end = end.minus(length);
        }
        Collections.reverse(slots);
        return slots;
    }
}
