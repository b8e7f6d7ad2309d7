package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The eight watched metrics through the judge, a reading every five seconds.
final class AlertJudgeTest {
    private static final TargetId SHOP = new TargetId("p", "shop", "production");

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final ToolRig.Events events = new ToolRig.Events();
    private LiveHealthBoard board = new LiveHealthBoard();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    static List<Watched> watched() {
        return MetricDefinitions.standard().watched();
    }

    private void reading(Watched watched, double value) {
        now = now.plusSeconds(5);
        var name = watched.rule().metric();
        var metric =
                new Metric(name, Observed.live(value, now), "detail", Metric.Condition.MEASURED);
        var round = new HealthBoard.Round(SHOP, now, Duration.ZERO, Map.of(name, metric));
        board.record(round, Map.of(name, Subject.database("shop")));
        new AlertJudge(board, alerts, events, round).judge(watched);
    }

    private void readings(Watched watched, double value, Duration time) {
        for (var end = now.plus(time); now.isBefore(end); ) {
            reading(watched, value);
        }
    }

    private static double warning(Watched w) {
        return (w.rule().warning() * 3 + w.rule().critical()) / 4;
    }

    private static double critical(Watched w) {
        return (w.rule().critical() + w.gauge().worst()) / 2;
    }

    private List<Severity> told() {
        return events.of(OpsEvent.ThresholdBreached.class).stream()
                .map(OpsEvent.ThresholdBreached::severity)
                .toList();
    }

    private int recovered() {
        return events.of(OpsEvent.AlertRecovered.class).size();
    }

    @ParameterizedTest
    @MethodSource("watched")
    void warnsOnceIsCriticalOnceAndRecoversOnce(Watched w) {
        var lasts = w.rule().forAtLeast().plusSeconds(30);
        readings(w, w.gauge().best(), lasts);
        var bad = now.plusSeconds(5);
        readings(w, warning(w), lasts);
        assertThat(told()).containsExactly(Severity.WARNING);
        readings(w, critical(w), lasts);
        assertThat(told()).containsExactly(Severity.WARNING, Severity.CRITICAL);
        readings(w, warning(w), lasts);
        readings(w, w.gauge().best(), lasts);
        readings(w, warning(w), Duration.ofMinutes(2));
        assertThat(told()).as("cooling down").hasSize(2);
        assertThat(recovered()).isEqualTo(1);
        assertThat(alerts.history(SHOP, 10))
                .singleElement()
                .satisfies(a -> assertThat(a.breachedAt()).isBeforeOrEqualTo(bad))
                .satisfies(
                        a ->
                                assertThat(
                                                w.rule().metric().unit().equals("s")
                                                        || a.breachedAt().equals(bad))
                                        .as("the first reading beyond the limit")
                                        .isTrue())
                .satisfies(a -> assertThat(a.criticalAt()).isAfter(a.openedAt()));
    }

    @ParameterizedTest
    @MethodSource("watched")
    void aValueThatJumpsFromGoodToWorstAndBackForAnHourRingsOnce(Watched w) {
        var lasts = w.rule().forAtLeast().plusSeconds(5);
        for (int i = 0; i < 60; i++) {
            readings(w, critical(w), lasts);
            readings(w, w.gauge().best(), Duration.ofSeconds(10));
        }
        assertThat(told()).containsExactly(Severity.CRITICAL);
        assertThat(alerts.history(SHOP, 100))
                .as("one trouble is one alert")
                .singleElement()
                .satisfies(a -> assertThat(a.returns()).isEqualTo(59));
    }

    @ParameterizedTest
    @MethodSource("watched")
    void aValueThatJumpsAcrossTheCriticalLimitForAnHourRingsTwice(Watched w) {
        var lasts = w.rule().forAtLeast().plusSeconds(5);
        readings(w, warning(w), lasts);
        for (int i = 0; i < 20; i++) {
            readings(w, critical(w), lasts);
            readings(w, warning(w), lasts);
        }
        long again = Duration.ofMinutes(20 * 2).dividedBy(w.rule().cooldown().plusMinutes(1));
        assertThat(told()).hasSizeBetween(2, 3 + (int) again);
        assertThat(recovered()).isZero();
    }

    @ParameterizedTest
    @MethodSource("watched")
    void aRestartNeitherLosesNorRepeatsAnAlert(Watched w) {
        var lasts = w.rule().forAtLeast().plusSeconds(30);
        readings(w, critical(w), lasts);
        board = new LiveHealthBoard();
        readings(w, critical(w), lasts);
        assertThat(told()).hasSize(1);
        assertThat(alerts.active(SHOP, w.rule().metric())).isPresent();
        board = new LiveHealthBoard();
        reading(w, w.gauge().best());
        assertThat(recovered()).as("it was over when the console came back").isEqualTo(1);
        board = new LiveHealthBoard();
        readings(w, w.gauge().best(), lasts);
        assertThat(recovered()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("watched")
    void whatWasSeenAndCameBackAfterAWhileIsToldAndMustBeSeenAgain(Watched w) {
        var lasts = w.rule().forAtLeast().plusSeconds(30);
        readings(w, critical(w), lasts);
        var id = alerts.active(SHOP, w.rule().metric()).orElseThrow().id();
        alerts.acknowledge(id, "kim", now);
        readings(w, w.gauge().best(), Duration.ofSeconds(90));
        readings(w, critical(w), lasts);
        assertThat(told()).hasSize(2);
        var back = alerts.active(SHOP, w.rule().metric()).orElseThrow();
        assertThat(back.id()).isEqualTo(id);
        assertThat(back.acknowledgedBy()).isNull();
        assertThat(back.criticalAt()).isAfter(back.openedAt());
    }

    @ParameterizedTest
    @MethodSource("watched")
    void theMetricNamesOfTheTableHaveItsLimits(Watched w) {
        var limits =
                Map.of(
                        MetricName.CACHE_HIT_RATIO, List.of(0.99, 0.95),
                        MetricName.CONNECTION_UTILIZATION, List.of(0.70, 0.85),
                        MetricName.MAX_DEAD_TUPLE_RATIO, List.of(0.10, 0.25),
                        MetricName.LOCK_WAIT_SECONDS, List.of(30.0, 120.0),
                        MetricName.DEADLOCKS_PER_HOUR, List.of(2.0, 5.0),
                        MetricName.SLOWEST_QUERY_SECONDS, List.of(5.0, 30.0),
                        MetricName.TXID_AGE, List.of(500e6, 1e9),
                        MetricName.REPLICATION_LAG_SECONDS, List.of(10.0, 60.0));
        assertThat(List.of(w.rule().warning(), w.rule().critical()))
                .isEqualTo(limits.get(w.rule().metric()));
    }
}
