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
/// @param covered how the interval did on the past, made of nothing but what was known then
/// @param shifts of the level that were taken out: the interval knows nothing of a next one
record SeriesForecast(
        List<Point> points,
        double error,
        double naiveError,
        double perDay,
        Covered covered,
        List<LevelShift> shifts) {
    /// Three weeks for a season and a trend, and as much again to test them on.
    static final int LEAST_DAYS = 28;

    private static final int WEEK = 7;

    /// Days of the past used for the trend; older ones tell of other times.
    private static final int WINDOW = 56;

    /// Of the interval.
    static final double LEVEL = 0.9;

    SeriesForecast {
        points = List.copyOf(points);
        shifts = List.copyOf(shifts);
    }

    /// @param inside of the interval, of so many `days` of the back-test
    record Covered(int inside, int days) {}

    /// @param low and `high`: nine of ten days are expected between them
    record Point(double expected, double low, double high) {}

    /// What came of it.
    ///
    /// @param forecast null when it abstains
    /// @param why it abstains; null when it does not
    record Answer(@Nullable SeriesForecast forecast, @Nullable String why) {}

    static Answer of(double[] measured, int horizon) {
        var shifts = LevelShift.of(measured);
        var days = LevelShift.without(measured, shifts);
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
                new SeriesForecast(
                        points,
                        mine / level,
                        naive / level,
                        model.slope(),
                        errors.covered(),
                        shifts),
                null);
    }

    private static SeriesForecast constant(double[] days, int horizon) {
        var point = new Point(days[days.length - 1], days[days.length - 1], days[days.length - 1]);
        return new SeriesForecast(
                Collections.nCopies(horizon, point), 0, 0, 0, new Covered(0, 0), List.of());
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

    /// Absolute errors of forecasts made in the past.
    ///
    /// @param byOrigin one array a forecast, of the days ahead that are known by now
    private record Errors(List<double[]> byOrigin, List<Double> naive, int ahead) {
        /// Fewer tell nothing of nine in ten.
        private static final int LEAST_ERRORS = 20;

        double mean() {
            return byOrigin.stream().flatMapToDouble(Arrays::stream).average().orElse(0);
        }

        double naiveMean() {
            return naive.stream().mapToDouble(x -> x).average().orElse(0);
        }

        /// Conformal: so large that the wanted share of the past errors lies within, those of
        /// neighbouring horizons taken together. Beyond what the past can show it grows on.
        double quantile(int horizon) {
            var near = near(horizon, byOrigin.size());
            if (near.isEmpty()) {
                near = near(ahead, byOrigin.size());
            }
            double half = quantile(near);
            return horizon <= ahead ? half : half * Math.sqrt((double) horizon / ahead);
        }

        private static double quantile(List<Double> errors) {
            errors.sort(Double::compare);
            int at = (int) Math.ceil(LEVEL * (errors.size() + 1)) - 1;
            return errors.get(Math.clamp(at, 0, errors.size() - 1));
        }

        /// @param known of forecasts made before that one, and only what was over by then
        private List<Double> near(int horizon, int known) {
            var near = new ArrayList<Double>();
            for (int h = Math.max(1, horizon - 3); h <= Math.min(ahead, horizon + 3); h++) {
                int last = known == byOrigin.size() ? known : known - h + 1;
                for (int o = 0; o < last; o++) {
                    var errors = byOrigin.get(o);
                    if (h <= errors.length) {
                        near.add(errors[h - 1]);
                    }
                }
            }
            return near;
        }

        /// Each day of the past against the interval of a week before.
        Covered covered() {
            int horizon = Math.min(WEEK, ahead);
            int inside = 0;
            int days = 0;
            for (int o = 0; o < byOrigin.size(); o++) {
                var errors = byOrigin.get(o);
                var before = near(horizon, o);
                if (errors.length >= horizon && before.size() >= LEAST_ERRORS) {
                    inside += errors[horizon - 1] <= quantile(before) ? 1 : 0;
                    days++;
                }
            }
            return new Covered(inside, days);
        }
    }

    private static Errors errors(double[] days, int horizon) {
        int least = LEAST_DAYS / 2;
        int ahead = Math.min(horizon, Math.max(WEEK, (days.length - least) / 2));
        var by = new ArrayList<double[]>();
        var naive = new ArrayList<Double>();
        for (int end = least; end < days.length; end++) {
            var model = Model.of(Arrays.copyOf(days, end));
            var errors = new double[Math.min(ahead, days.length - end)];
            for (int h = 1; h <= errors.length; h++) {
                double real = days[end - 1 + h];
                errors[h - 1] = Math.abs(real - model.at(end - 1 + h));
                naive.add(Math.abs(real - days[end - 1]));
            }
            by.add(errors);
        }
        return new Errors(by, naive, ahead);
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
