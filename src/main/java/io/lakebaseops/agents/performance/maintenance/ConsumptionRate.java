package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How fast transaction or multixact ids are used up, from the ages our history holds. An age falls
/// when a vacuum freezes; only its rise is consumption.
///
/// @param perHour mean over the time that was measured
/// @param slow and `fast`: nine of ten windows lie between them
/// @param hours that were measured
record ConsumptionRate(double perHour, double slow, double fast, double hours) {
    /// Shorter than a quarter of a day says nothing of a day.
    private static final double LEAST_HOURS = 6;

    private static final int LEAST_WINDOWS = 6;

    /// Windows so long that a single batch does not make a rate of its own.
    private static final Duration WINDOW = Duration.ofHours(1);

    /// 2^31 less the three million at which the server stops handing out ids.
    static final long STOP = 2_147_483_648L - 3_000_000L;

    record Point(Instant at, double age) {}

    /// The moment a limit is met, with its bounds.
    ///
    /// @param latest null when the slowest windows use nothing up
    record Eta(Instant expected, Instant earliest, @Nullable Instant latest) {}

    /// Null when the history is too short to say.
    static @Nullable ConsumptionRate of(List<Point> points) {
        var rates = new ArrayList<Double>();
        double used = 0;
        double hours = 0;
        Point start = null;
        double rise = 0;
        double rising = 0;
        Point last = null;
        for (var p : points) {
            if (last != null && p.age() >= last.age()) {
                double h = Duration.between(last.at(), p.at()).toMillis() / 3_600_000.0;
                rise += p.age() - last.age();
                rising += h;
            }
            if (start == null) {
                start = p;
            }
            last = p;
            if (Duration.between(start.at(), p.at()).compareTo(WINDOW) >= 0 && rising > 0) {
                rates.add(rise / rising);
                used += rise;
                hours += rising;
                start = p;
                rise = 0;
                rising = 0;
            }
        }
        if (rates.size() < LEAST_WINDOWS || hours < LEAST_HOURS) {
            return null;
        }
        rates.sort(Double::compare);
        return new ConsumptionRate(
                used / hours, quantile(rates, 0.05), quantile(rates, 0.95), hours);
    }

    private static double quantile(List<Double> sorted, double q) {
        double at = q * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        double next = sorted.get(Math.min(sorted.size() - 1, below + 1));
        return sorted.get(below) + (at - below) * (next - sorted.get(below));
    }

    /// Null when the limit is passed already, or nothing is used up.
    @Nullable Eta reaches(double age, double limit, Instant now) {
        if (age >= limit || perHour <= 0) {
            return null;
        }
        double left = limit - age;
        return new Eta(
                in(left / perHour, now),
                in(left / Math.max(perHour, fast), now),
                slow <= 0 ? null : in(left / slow, now));
    }

    private static Instant in(double hours, Instant now) {
        // Beyond a century the date says nothing more.
        return now.plus(Duration.ofMinutes((long) (Math.min(hours, 876_000) * 60)));
    }
}
