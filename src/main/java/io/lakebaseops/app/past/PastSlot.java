package io.lakebaseops.app.past;

import io.lakebaseops.lakehouse.history.WaitHistory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One step of the generated past: five minutes in the last two days, an hour in the last month,
/// three hours before, as a history that is summed up with age would have them.
record PastSlot(Instant until, Duration length) {
    private static final Duration FINE = Duration.ofMinutes(5);
    private static final Duration FINE_BACK = Duration.ofDays(2);
    private static final Duration COARSE = Duration.ofHours(1);
    private static final Duration COARSE_BACK = Duration.ofDays(30);
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
        if (back.compareTo(FINE_BACK) < 0) {
            return FINE;
        }
        return back.compareTo(COARSE_BACK) < 0 ? COARSE : COARSEST;
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
