package io.lakebaseops.agents.performance.optimization;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// A forecast of a daily series: a robust trend, the weekly season, and an interval made of the
/// errors the same method made on the past. It abstains where it does no better than "as today".
///
/// @param points one a day, the first for tomorrow
/// @param error mean absolute error of the back-test, as a share of the mean level
/// @param naiveError of "as today", in the same unit
record SeriesForecast(List<Point> points, double error, double naiveError, double perDay) {
    /// Three weeks for a season and a trend, and as much again to test them on.
    static final int LEAST_DAYS = 28;

    private static final int WEEK = 7;

    /// Days of the past used for the trend; older ones tell of other times.
    private static final int WINDOW = 56;

    /// Of the interval.
    static final double LEVEL = 0.9;

    SeriesForecast {
        points = List.copyOf(points);
    }

    /// @param low and `high`: nine of ten days are expected between them
    record Point(double expected, double low, double high) {}

    /// What came of it.
    ///
    /// @param forecast null when it abstains
    /// @param why it abstains; null when it does not
    record Answer(@Nullable SeriesForecast forecast, @Nullable String why) {}

    static Answer of(double[] days, int horizon) {
        if (days.length < LEAST_DAYS) {
            return new Answer(
                    null,
                    "only %d days of history; %d are needed".formatted(days.length, LEAST_DAYS));
        }
        var errors = errors(days, horizon);
        double mine = errors.mean();
        double naive = errors.naiveMean();
        double level = Math.max(1e-9, Math.abs(mean(days)));
        if (naive <= 1e-9 * level && mine <= 1e-9 * level) {
            return new Answer(constant(days, horizon), null);
        }
        if (mine >= naive * 0.95) {
            return new Answer(
                    null,
                    "not predictable: on its own past the forecast was off by %.1f %%, no better than \"as today\" (%.1f %%)"
                            .formatted(100 * mine / level, 100 * naive / level));
        }
        var model = Model.of(days);
        var points = new ArrayList<Point>();
        for (int h = 1; h <= horizon; h++) {
            double expected = model.at(days.length - 1 + h);
            double half = errors.quantile(h);
            points.add(new Point(expected, expected - half, expected + half));
        }
        return new Answer(
                new SeriesForecast(points, mine / level, naive / level, model.slope()), null);
    }

    private static SeriesForecast constant(double[] days, int horizon) {
        var point = new Point(days[days.length - 1], days[days.length - 1], days[days.length - 1]);
        return new SeriesForecast(Collections.nCopies(horizon, point), 0, 0, 0);
    }

    /// Theil-Sen trend and the median of each weekday beside it.
    private record Model(double level, double slope, double[] season, int origin) {
        static Model of(double[] days) {
            int from = Math.max(0, days.length - WINDOW);
            int n = days.length - from;
            var slopes = new double[n * (n - 1) / 2];
            int k = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    // Days of the same weekday: the season does not tilt the trend.
                    if ((j - i) % WEEK == 0) {
                        slopes[k++] = (days[from + j] - days[from + i]) / (j - i);
                    }
                }
            }
            double slope = median(Arrays.copyOf(slopes, k));
            var rest = new double[n];
            for (int i = 0; i < n; i++) {
                rest[i] = days[from + i] - slope * (i - (n - 1));
            }
            double level = median(rest);
            var season = new double[WEEK];
            for (int d = 0; d < WEEK; d++) {
                var of = new ArrayList<Double>();
                for (int i = 0; i < n; i++) {
                    if ((from + i) % WEEK == d) {
                        of.add(rest[i] - level);
                    }
                }
                season[d] = of.isEmpty() ? 0 : median(of.stream().mapToDouble(x -> x).toArray());
            }
            return new Model(level, slope, season, days.length - 1);
        }

        double at(int day) {
            return level + slope * (day - origin) + season[day % WEEK];
        }
    }

    /// Absolute errors of forecasts made in the past, by how far ahead they looked.
    private record Errors(List<List<Double>> byHorizon, List<Double> naive) {
        double mean() {
            return byHorizon.stream().flatMap(List::stream).mapToDouble(x -> x).average().orElse(0);
        }

        double naiveMean() {
            return naive.stream().mapToDouble(x -> x).average().orElse(0);
        }

        /// Conformal: so large that the wanted share of the past errors lies within, those of
        /// neighbouring horizons taken together. Beyond what the past can show it grows on.
        double quantile(int horizon) {
            var near = new ArrayList<Double>();
            int last = byHorizon.size();
            for (int h = Math.max(1, horizon - 3); h <= Math.min(last, horizon + 3); h++) {
                near.addAll(byHorizon.get(h - 1));
            }
            if (near.isEmpty()) {
                near.addAll(byHorizon.getLast());
            }
            near.sort(Double::compare);
            int at = (int) Math.ceil(LEVEL * (near.size() + 1)) - 1;
            double half = near.get(Math.clamp(at, 0, near.size() - 1));
            return horizon <= last ? half : half * Math.sqrt((double) horizon / last);
        }
    }

    private static Errors errors(double[] days, int horizon) {
        int least = LEAST_DAYS / 2;
        int ahead = Math.min(horizon, Math.max(WEEK, (days.length - least) / 2));
        var by = new ArrayList<List<Double>>();
        for (int h = 0; h < ahead; h++) {
            by.add(new ArrayList<>());
        }
        var naive = new ArrayList<Double>();
        for (int end = least; end < days.length; end++) {
            var past = Arrays.copyOf(days, end);
            var model = Model.of(past);
            for (int h = 1; h <= ahead && end - 1 + h < days.length; h++) {
                double real = days[end - 1 + h];
                by.get(h - 1).add(Math.abs(real - model.at(end - 1 + h)));
                naive.add(Math.abs(real - past[end - 1]));
            }
        }
        return new Errors(by, naive);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
