package io.lakebaseops.lakehouse.history;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A time range of the history, from its beginning up to its end.
public record TimeRange(Instant from, Instant until) {
    public TimeRange {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("A range ends after it begins");
        }
    }

    public static TimeRange before(Instant until, Duration length) {
        return new TimeRange(until.minus(length), until);
    }

    public Duration length() {
        return Duration.between(from, until);
    }

    /// The equally long range before this one.
    public TimeRange previous() {
        return before(from, length());
    }

    /// Where one of equally long slices begins.
    Instant slice(long number, int slices) {
        return from.plusNanos((long) (length().toNanos() * (number / (double) slices)));
    }

    /// What queries over it are given.
    Map<String, Object> parameters() {
        var values = new HashMap<String, Object>();
        values.put("since", seconds(from));
        values.put("till", seconds(until));
        return values;
    }

    static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    static Instant moment(double seconds) {
        return Instant.EPOCH.plusNanos((long) (seconds * 1e9));
    }
}
