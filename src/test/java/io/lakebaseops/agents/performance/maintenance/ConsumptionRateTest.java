package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.maintenance.ConsumptionRate.Point;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

final class ConsumptionRateTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    /// Every five minutes; `perHour` ids an hour, frozen to 50 M whenever 60 M are reached.
    private static List<Point> history(int hours, double perHour, double noise) {
        var random = new Random(7);
        var points = new ArrayList<Point>();
        double age = 55_000_000;
        for (int i = 0; i <= hours * 12; i++) {
            points.add(new Point(START.plus(Duration.ofMinutes(5L * i)), age));
            age += perHour / 12 * (1 + noise * random.nextGaussian());
            age = age > 60_000_000 ? 50_000_000 : age;
        }
        return points;
    }

    @Test
    void aSteadyRateIsFoundThroughFreezes() {
        var rate = Objects.requireNonNull(ConsumptionRate.of(history(48, 1_000_000, 0)));

        assertThat(rate.perHour()).isBetween(990_000.0, 1_010_000.0);
        assertThat(rate.slow()).isBetween(990_000.0, 1_000_001.0);
        assertThat(rate.hours()).isBetween(46.0, 48.0);
    }

    @Test
    void theIntervalHoldsTheMomentAFastForwardedCounterReachesTheLimit() {
        var points = history(96, 800_000, 0.8);
        var seen = points.subList(0, points.size() / 2);
        var now = seen.getLast().at();
        var rate = Objects.requireNonNull(ConsumptionRate.of(seen));
        double used = 0;
        Instant reached = now;
        for (int i = points.size() / 2; i < points.size() && used < 20_000_000; i++) {
            used += Math.max(0, points.get(i).age() - points.get(i - 1).age());
            reached = points.get(i).at();
        }

        var eta = Objects.requireNonNull(rate.reaches(0, 20_000_000, now));

        assertThat(eta.expected()).isBetween(eta.earliest(), Objects.requireNonNull(eta.latest()));
        assertThat(reached).isBetween(eta.earliest(), eta.latest());
        assertThat(Duration.between(reached, eta.expected()).abs()).isLessThan(Duration.ofHours(3));
    }

    @Test
    void aShortHistoryAnIdleServerAndAPassedLimitSayNothing() {
        assertThat(ConsumptionRate.of(history(5, 1_000_000, 0))).isNull();
        assertThat(ConsumptionRate.of(List.of())).isNull();
        var idle = Objects.requireNonNull(ConsumptionRate.of(history(48, 0, 0)));
        assertThat(idle.reaches(10, 20, START)).isNull();
        var busy = Objects.requireNonNull(ConsumptionRate.of(history(48, 1_000_000, 0)));
        assertThat(busy.reaches(30, 20, START)).isNull();
    }

    /// A table of its own age and limits: aggressive first, then forced; what is passed has no
    /// date.
    @Test
    void aTableSaysWhenItsAggressiveVacuumBegins() {
        var rate = Objects.requireNonNull(ConsumptionRate.of(history(96, 1_000_000, 0)));
        var measured = new IdConsumption.Measured(rate, null);
        var ids =
                new IdConsumption(
                        List.of(),
                        new IdConsumption.Rates(measured, measured),
                        START,
                        IdConsumption.Marks.STANDARD);
        var seen =
                new CheckTxidWraparoundRisk.Seen(
                        "db",
                        List.of(
                                aged("young", 50_000_000),
                                aged("old", 170_000_000),
                                aged("due", 210_000_000)));

        var tables = CheckTxidWraparoundRisk.tables(seen, ids);

        var young = tables.getFirst();
        assertThat(Duration.between(START, Objects.requireNonNull(young.aggressive()).expected()))
                .isBetween(Duration.ofHours(99), Duration.ofHours(101));
        assertThat(Duration.between(START, Objects.requireNonNull(young.forced()).expected()))
                .isBetween(Duration.ofHours(149), Duration.ofHours(151));
        assertThat(tables.get(1).aggressive()).as("its next vacuum is").isNull();
        assertThat(tables.get(1).forced()).isNotNull();
        assertThat(tables.get(2).forced()).as("it is due").isNull();
    }

    private static CheckTxidWraparoundRisk.Oldest aged(String name, long age) {
        return new CheckTxidWraparoundRisk.Oldest(
                "s", name, age, 0, 1 << 20, 200_000_000, 150_000_000, true, false);
    }
}
