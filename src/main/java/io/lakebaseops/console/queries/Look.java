package io.lakebaseops.console.queries;

import io.lakebaseops.console.Texts;
import io.lakebaseops.lakehouse.history.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// What a person looks at on the Queries screen: how far back, which part of it, and by what the
/// load is summed up.
///
/// @param chosen the stretch drawn over the chart; null for all that is shown
record Look(Span span, @Nullable TimeRange chosen, Grouping grouping) {
    /// How far back the chart reaches.
    enum Span {
        HOUR("1 h", Duration.ofHours(1), 120, Duration.ofSeconds(30)),
        HOURS_6("6 h", Duration.ofHours(6), 180, Duration.ofMinutes(5)),
        DAY("24 h", Duration.ofHours(24), 192, Duration.ofMinutes(5)),
        WEEK("7 d", Duration.ofDays(7), 168, Duration.ofHours(1)),
        QUARTER("90 d", Duration.ofDays(90), 180, Duration.ofHours(12));

        private final String words;
        private final Duration length;
        private final int slices;
        private final Duration step;

        Span(String words, Duration length, int slices, Duration step) {
            this.words = words;
            this.length = length;
            this.slices = slices;
            this.step = step;
        }

        String words() {
            return words;
        }

        Duration length() {
            return length;
        }

        /// In the chart.
        int slices() {
            return slices;
        }

        /// In the trend of one statement: hours and days of a long one have sums in the history.
        int points() {
            return switch (this) {
                case HOUR, HOURS_6, DAY -> 120;
                case WEEK -> 84;
                case QUARTER -> 90;
            };
        }

        /// To which the edges of a chosen stretch snap: statistics are stored every five minutes.
        Duration step() {
            return step;
        }
    }

    /// By what the time is summed up.
    enum Grouping {
        STATEMENT(Texts.of("Statement")),
        ROLE(Texts.of("Role")),
        APPLICATION(Texts.of("Application")),
        DATABASE(Texts.of("Database"));

        private final String words;

        Grouping(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static final Look FIRST = new Look(Span.HOURS_6, null, Grouping.STATEMENT);

    TimeRange whole(Instant now) {
        return TimeRange.before(now, span.length());
    }

    /// What the table is of.
    TimeRange range(Instant now) {
        return chosen == null ? whole(now) : chosen;
    }

    /// The stretch between two moments, its edges snapped; null when that leaves nothing.
    @Nullable Look between(Instant start, Instant end, Instant now) {
        long step = span.step().toMillis();
        long from = Math.floorDiv(start.toEpochMilli() + step / 2, step) * step;
        long until =
                Math.min(
                        now.toEpochMilli(),
                        Math.floorDiv(end.toEpochMilli() + step / 2, step) * step);
        return from >= until
                ? null
                : new Look(
                        span,
                        new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(until)),
                        grouping);
    }

    /// The chosen stretch moved by its own length, within what is shown.
    Look moved(int by, Instant now) {
        if (chosen == null) {
            return this;
        }
        var shift = chosen.length().multipliedBy(by);
        var from = chosen.from().plus(shift);
        var until = chosen.until().plus(shift);
        boolean inside = !from.isBefore(whole(now).from()) && !until.isAfter(now);
        return inside ? new Look(span, new TimeRange(from, until), grouping) : this;
    }

    Look span(Span next) {
        return new Look(next, null, grouping);
    }

    Look grouping(Grouping next) {
        return new Look(span, chosen, next);
    }

    Look whole() {
        return new Look(span, null, grouping);
    }
}
