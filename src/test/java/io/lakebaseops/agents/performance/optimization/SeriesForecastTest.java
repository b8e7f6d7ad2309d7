package io.lakebaseops.agents.performance.optimization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

final class SeriesForecastTest {
    private static final int SERIES = 200;
    private static final int PAST = 84;
    private static final int AHEAD = 14;

    /// Growth, a weekly rhythm, noise, and now and then a day far off.
    private static double[] series(Random random) {
        double level = 100 + 900 * random.nextDouble();
        double slope = level * 0.01 * random.nextDouble();
        double swing = level * 0.2 * random.nextDouble();
        double noise = level * (0.01 + 0.04 * random.nextDouble());
        var days = new double[PAST + AHEAD];
        for (int i = 0; i < days.length; i++) {
            double odd = random.nextInt(60) == 0 ? level * 0.5 : 0;
            days[i] =
                    level
                            + slope * i
                            + swing * Math.sin(2 * Math.PI * i / 7)
                            + noise * random.nextGaussian()
                            + odd;
        }
        return days;
    }

    @Test
    void nineOfTenDaysLieWithinTheInterval() {
        var random = new Random(11);
        int inside = 0;
        int all = 0;
        int abstained = 0;
        for (int s = 0; s < SERIES; s++) {
            var days = series(random);
            var answer = SeriesForecast.of(Arrays.copyOf(days, PAST), AHEAD);
            if (answer.forecast() == null) {
                abstained++;
                continue;
            }
            for (int h = 0; h < AHEAD; h++) {
                var p = answer.forecast().points().get(h);
                double real = days[PAST + h];
                inside += real >= p.low() && real <= p.high() ? 1 : 0;
                all++;
            }
        }
        double coverage = 100.0 * inside / all;
        System.out.printf(
                "forecast: %.1f %% of %d days within the interval, %d of %d series abstained%n",
                coverage, all, abstained, SERIES);
        assertThat(coverage).isBetween(87.0, 93.0);
        assertThat(abstained).isLessThan(SERIES / 10);
    }

    @Test
    void randomWalksAreNotPredicted() {
        var random = new Random(12);
        int abstained = 0;
        for (int s = 0; s < SERIES; s++) {
            var days = new double[PAST];
            days[0] = 1_000;
            for (int i = 1; i < PAST; i++) {
                days[i] = days[i - 1] + random.nextGaussian() * 10;
            }
            abstained += SeriesForecast.of(days, AHEAD).forecast() == null ? 1 : 0;
        }
        System.out.printf("forecast: abstains on %d of %d random walks%n", abstained, SERIES);
        assertThat(abstained).isGreaterThanOrEqualTo(SERIES * 9 / 10);
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
