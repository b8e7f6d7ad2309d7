package io.lakebaseops.app.past;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// The load of the generated past over time: days and nights, weekdays, growth, an evening of
/// promotion, a restart, and hours nobody watched. The same moments and the same seed give the same
/// values.
///
/// @param until where measuring begins; the load is 1 there, as it will be measured
record LoadCurve(Instant from, Instant until, long seed) {
    private static final double GROWTH = 0.25;

    /// Ago at the end, and how long: the laptop was closed.
    private static final List<Away> AWAY =
            List.of(
                    new Away(Duration.ofDays(57), Duration.ofHours(14)),
                    new Away(Duration.ofDays(12), Duration.ofHours(5)),
                    new Away(Duration.ofHours(9), Duration.ofMinutes(25)));

    private record Away(Duration ago, Duration length) {}

    /// When the server was started again.
    Instant restart() {
        return until.minus(Duration.ofDays(34));
    }

    /// Since when an index is missing that one statement needs.
    Instant indexDropped() {
        return until.minus(Duration.ofDays(9));
    }

    /// When a report was run for the last time that used an index of its own.
    Instant reportEnded() {
        return until.minus(Duration.ofDays(62));
    }

    /// Since when autovacuum comes to one table too late.
    Instant autovacuumLoosened() {
        return until.minus(Duration.ofDays(6));
    }

    boolean watched(PastSlot slot) {
        return AWAY.stream()
                .noneMatch(
                        a -> {
                            var start = until.minus(a.ago());
                            return slot.from().isBefore(start.plus(a.length()))
                                    && slot.until().isAfter(start);
                        });
    }

    /// How busy the shop was, 1 at the end.
    double load(Instant at) {
        return shape(at) / shape(until) * (1 + 0.04 * gaussian("load", at));
    }

    private double shape(Instant at) {
        var time = at.atZone(ZoneOffset.UTC);
        double hour = time.getHour() + time.getMinute() / 60.0;
        double noon = 0.5 + 0.5 * Math.cos((hour - 13) / 24 * 2 * Math.PI);
        double evening = Math.exp(-(hour - 20) * (hour - 20) / 4);
        double day =
                switch (time.getDayOfWeek()) {
                    case SATURDAY -> 1.1;
                    case SUNDAY -> 0.8;
                    case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 1.0;
                };
        return (0.55 + 0.5 * noon + 0.2 * evening) * day * grown(at) * promotion(at);
    }

    /// Share of the size the shop has at the end.
    double grown(Instant at) {
        double passed =
                (double) Duration.between(from, at).toSeconds()
                        / Duration.between(from, until).toSeconds();
        return 1 - GROWTH * (1 - passed);
    }

    private double promotion(Instant at) {
        var start = until.minus(Duration.ofDays(20)).atZone(ZoneOffset.UTC).toLocalDate();
        var evening = start.atTime(18, 0).toInstant(ZoneOffset.UTC);
        return at.isAfter(evening) && at.isBefore(evening.plus(Duration.ofHours(4))) ? 1.8 : 1;
    }

    boolean weekend(Instant at) {
        var day = at.atZone(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    /// Between 0 and 1, of its own for each series and moment.
    double uniform(String series, Instant at) {
        long x = seed ^ (series.hashCode() * 0x9E3779B97F4A7C15L) ^ at.getEpochSecond();
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return ((x ^ (x >>> 31)) >>> 11) * 0x1.0p-53;
    }

    /// Roughly normal, mean 0 and deviation 1.
    double gaussian(String series, Instant at) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += uniform(series + i, at);
        }
        return (sum - 2) * Math.sqrt(3);
    }

    /// A whole number near a value: now the one below, now the one above.
    long whole(String series, Instant at, double value) {
        return (long) Math.floor(Math.max(0, value) + uniform(series, at));
    }
}
