package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.AlertReplay.Counts;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.MetricName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Stored readings judged again by other limits; the counts were worked out by hand.
final class AlertReplayTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /// Warning over 10, critical over 25, back at 8; the next warning after ten minutes.
    private static final AlertRule AT_ONCE = rule(10, 25, Duration.ZERO);

    private static AlertRule rule(double warning, double critical, Duration hold) {
        return new AlertRule(
                MetricName.MAX_DEAD_TUPLE_RATIO,
                AlertRule.Bad.ABOVE,
                warning,
                critical,
                hold,
                2,
                Duration.ofMinutes(10),
                AlertRule.Sop.VACUUM_WORST_TABLE,
                "for the test");
    }

    private static List<Point> every(Duration step, double... values) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(START.plus(step.multipliedBy(i)), values[i]));
        }
        return points;
    }

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_reading_on_the_limit_raises_nothing() {
        assertThat(AlertReplay.of(AT_ONCE, every(MINUTE, 5, 10, 10, 5)))
                .isEqualTo(new Counts(0, 0, 0));
    }

    @Test
    void an_alert_goes_on_until_the_value_is_back_by_the_margin() {
        // Raised at minute 1; 9 is inside the limit but not by 2; over at minute 8.
        assertThat(AlertReplay.of(AT_ONCE, every(MINUTE, 5, 12, 9, 12, 9, 9, 12, 9, 8)))
                .isEqualTo(new Counts(1, 0, 0));
    }

    @Test
    void a_warning_within_the_cooldown_of_the_last_is_held_back() {
        // Minutes 1 to 2 warn and end soon; minute 4 is held back; minute 13 warns again.
        assertThat(
                        AlertReplay.of(
                                AT_ONCE,
                                every(MINUTE, 5, 12, 5, 5, 12, 5, 5, 5, 5, 5, 5, 5, 5, 12, 5)))
                .isEqualTo(new Counts(2, 0, 2));
    }

    @Test
    void a_warning_that_becomes_critical_is_one_critical_alert() {
        assertThat(AlertReplay.of(AT_ONCE, every(MINUTE, 5, 12, 30, 30, 20, 30, 20, 20, 5)))
                .as("critical again within the cooldown is no second one")
                .isEqualTo(new Counts(0, 1, 0));
    }

    @Test
    void a_critical_alert_that_returns_is_the_same_alert_and_has_not_closed_soon() {
        // Critical at minute 1, gone at 2, back at 4 within ten minutes, gone for good at 12.
        assertThat(
                        AlertReplay.of(
                                AT_ONCE,
                                every(MINUTE, 5, 30, 5, 5, 30, 30, 30, 30, 30, 30, 30, 30, 5)))
                .isEqualTo(new Counts(0, 1, 0));
    }

    @Test
    void a_value_that_must_last_is_counted_only_once_it_has() {
        var lasting = rule(10, 25, Duration.ofMinutes(2));
        assertThat(AlertReplay.of(lasting, every(MINUTE, 12, 12, 5, 12, 12, 12, 5)))
                .as("the first time it lasted a minute, the second time two")
                .isEqualTo(new Counts(1, 0, 1));
        assertThat(AlertReplay.of(AT_ONCE, every(MINUTE, 12, 12, 5, 12, 12, 12, 5)))
                .as("the second time is within the cooldown")
                .isEqualTo(new Counts(1, 0, 1));
    }

    @Test
    void wider_limits_ring_less_over_a_long_series() {
        var random = new java.util.Random(11);
        var points = new ArrayList<Point>();
        double value = 8;
        for (int i = 0; i < 3_000; i++) {
            value = Math.clamp(value + random.nextGaussian() * 3, 0, 40);
            points.add(new Point(START.plusSeconds(60L * i), value));
        }
        var narrow = AlertReplay.of(AT_ONCE, points);
        var wide = AlertReplay.of(rule(20, 35, Duration.ofMinutes(3)), points);
        assertThat(narrow.warnings() + narrow.criticals())
                .as("wider limits ring less")
                .isGreaterThan(wide.warnings() + wide.criticals())
                .isGreaterThan(20);
        assertThat(wide.criticals()).isPositive();
        assertThat(AlertReplay.of(rule(41, 42, Duration.ZERO), points))
                .isEqualTo(new Counts(0, 0, 0));
    }
}
