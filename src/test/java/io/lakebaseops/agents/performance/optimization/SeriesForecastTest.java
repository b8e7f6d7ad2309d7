package io.lakebaseops.agents.performance.optimization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

final class SeriesForecastTest {
    /// Of each kind.
    private static final int SERIES = 24;

    private static final int WALKS = 100;
    private static final int PAST = 84;
    private static final int AHEAD = 14;

    /// What a series of days may be like.
    private enum Kind {
        TREND,
        SEASON,
        BOTH,
        /// Once at another level for good.
        SHIFT,
        /// The noise grows with the level.
        MULTIPLICATIVE,
        /// Student's t of three degrees of freedom.
        HEAVY_TAILS,
        /// What is above the line today is so tomorrow.
        PERSISTENT,
        /// Now and then a day far off.
        OUTLIERS,
        /// Growth comes in steps.
        STEPS
    }

    private static double[] series(Kind kind, Random random) {
        double level = 100 + 900 * random.nextDouble();
        double slope =
                kind == Kind.SEASON
                        ? 0
                        : level
                                * (0.002 + 0.008 * random.nextDouble())
                                * (random.nextInt(4) == 0 ? -0.5 : 1);
        double swing =
                kind == Kind.TREND || kind == Kind.STEPS
                        ? 0
                        : level * (0.1 + 0.2 * random.nextDouble());
        double noise = level * (0.01 + 0.04 * random.nextDouble());
        int shiftAt = kind == Kind.SHIFT ? 15 + random.nextInt(45) : Integer.MAX_VALUE;
        double shift =
                level * (0.3 + 0.5 * random.nextDouble()) * (random.nextBoolean() ? 1 : -0.5);
        var week = new double[7];
        for (int i = 0; i < week.length; i++) {
            week[i] = Math.sin(2 * Math.PI * i / 7) + 0.3 * random.nextGaussian();
        }
        var days = new double[PAST + AHEAD];
        double before = 0;
        double steps = 0;
        for (int i = 0; i < days.length; i++) {
            double off = kind == Kind.HEAVY_TAILS ? heavy(random) : random.nextGaussian();
            before = kind == Kind.PERSISTENT ? 0.5 * before + off : off;
            double line = level + slope * i + swing * week[i % 7];
            if (kind == Kind.STEPS && random.nextInt(5) == 0) {
                steps += level * 0.02 * random.nextDouble();
            }
            days[i] =
                    line
                            + before * noise * (kind == Kind.MULTIPLICATIVE ? line / level : 1)
                            + (kind == Kind.OUTLIERS && random.nextInt(40) == 0 ? level * 0.5 : 0)
                            + (i >= shiftAt ? shift : 0)
                            + steps;
        }
        return days;
    }

    private static double heavy(Random random) {
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            squares += Math.pow(random.nextGaussian(), 2);
        }
        return 0.7 * random.nextGaussian() / Math.sqrt(squares / 3);
    }

    @Test
    void nineOfTenDaysLieWithinTheIntervalWhateverTheSeriesIsLike() {
        int inside = 0;
        int all = 0;
        int abstained = 0;
        for (var kind : Kind.values()) {
            var random = new Random(100 + kind.ordinal());
            int of = 0;
            int in = 0;
            int none = 0;
            for (int s = 0; s < SERIES; s++) {
                var days = series(kind, random);
                var forecast = SeriesForecast.of(Arrays.copyOf(days, PAST), AHEAD).forecast();
                if (forecast == null) {
                    none++;
                    continue;
                }
                for (int h = 0; h < AHEAD; h++) {
                    var p = forecast.points().get(h);
                    double real = days[PAST + h];
                    in += real >= p.low() && real <= p.high() ? 1 : 0;
                    of++;
                }
            }
            System.out.printf(
                    "forecast of %-14s: %.1f %% of %d days within the interval, %d of %d series abstained%n",
                    kind, 100.0 * in / of, of, none, SERIES);
            assertThat(100.0 * in / of).as(kind.name()).isBetween(80.0, 98.0);
            inside += in;
            all += of;
            abstained += none;
        }
        double coverage = 100.0 * inside / all;
        System.out.printf(
                "forecast: %.1f %% of %d days within the interval, %d of %d series abstained%n",
                coverage, all, abstained, SERIES * Kind.values().length);
        assertThat(coverage).isBetween(87.0, 93.0);
        assertThat(abstained).isLessThan(SERIES * Kind.values().length / 10);
    }

    /// A level that changed once widens neither the interval nor tilts the trend.
    @Test
    void aLevelShiftIsFoundOnItsDayAndTakenOut() {
        var random = new Random(5);
        var days = new double[60];
        for (int i = 0; i < days.length; i++) {
            days[i] = 1_000 + 2 * i + (i % 7 == 0 ? 80 : 0) + 5 * random.nextGaussian();
        }
        var shifted = days.clone();
        for (int i = 31; i < shifted.length; i++) {
            shifted[i] += 400;
        }

        var plain = Objects.requireNonNull(SeriesForecast.of(days, 7).forecast());
        var forecast = Objects.requireNonNull(SeriesForecast.of(shifted, 7).forecast());

        assertThat(plain.shifts()).isEmpty();
        assertThat(forecast.shifts())
                .singleElement()
                .satisfies(
                        s -> {
                            assertThat(s.day()).isBetween(30, 32);
                            assertThat(s.by()).isBetween(380.0, 420.0);
                        });
        assertThat(forecast.perDay()).isBetween(1.5, 2.5);
        var p = forecast.points().getFirst();
        assertThat(p.high() - p.low()).isLessThan(100);
        assertThat(p.expected()).isBetween(1_500.0, 1_545.0);
    }

    /// The back-test uses nothing but what was known on the day of each forecast.
    @Test
    void theBackTestSaysHowTheIntervalDidOnThePast() {
        var random = new Random(6);
        var covered =
                Objects.requireNonNull(
                                SeriesForecast.of(
                                                Arrays.copyOf(series(Kind.BOTH, random), PAST), 30)
                                        .forecast())
                        .covered();
        assertThat(covered.days()).isBetween(30, 70);
        assertThat((double) covered.inside() / covered.days()).isBetween(0.75, 1.0);
    }

    @Test
    void randomWalksAreNotPredicted() {
        var random = new Random(12);
        int abstained = 0;
        for (int s = 0; s < WALKS; s++) {
            var days = new double[PAST];
            days[0] = 1_000;
            for (int i = 1; i < PAST; i++) {
                days[i] = days[i - 1] + random.nextGaussian() * 10;
            }
            abstained += SeriesForecast.of(days, AHEAD).forecast() == null ? 1 : 0;
        }
        System.out.printf("forecast: abstains on %d of %d random walks%n", abstained, WALKS);
        assertThat(abstained).isGreaterThanOrEqualTo(WALKS * 9 / 10);
    }

    @Test
    void aShortHistoryIsNotPredictedAndAFlatOneIsFlat() {
        assertThat(SeriesForecast.of(new double[20], 7).why()).contains("20 days");
        var flat = new double[60];
        Arrays.fill(flat, 42);
        var forecast = Objects.requireNonNull(SeriesForecast.of(flat, 7).forecast());
        assertThat(forecast.points()).hasSize(7).allMatch(p -> p.expected() == 42 && p.low() == 42);
    }

    @Test
    void steadyGrowthKeepsItsSlope() {
        var days = new double[60];
        for (int i = 0; i < days.length; i++) {
            days[i] = 1_000 + 10 * i + (i % 7 == 0 ? 200 : 0);
        }
        var forecast = Objects.requireNonNull(SeriesForecast.of(days, 10).forecast());
        assertThat(forecast.perDay()).isBetween(9.9, 10.1);
        assertThat(forecast.points().get(9).expected()).isBetween(1_690.0, 1_700.0);
        // Day 63 is the odd one of its week.
        assertThat(forecast.points().get(3).expected()).isBetween(1_825.0, 1_835.0);
    }
}
