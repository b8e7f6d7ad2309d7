package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.work.TaskExecutor;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

final class OutageAlertsTest {
    private static final TargetId PRODUCTION = new TargetId("p", "shop", "production");
    private static final TargetId CI = new TargetId("p", "shop", "ci-pr-7");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final TaskExecutor room = TaskExecutor.inline(Clock.systemUTC());
    private final OrderedEventBus bus = new OrderedEventBus(room);

    private void lost(TargetId target) {
        bus.publish(new OpsEvent.ReachabilityChanged(target, NOW, false, "it does not answer"));
    }

    @Test
    void aServerThatIsGoneIsAnAlertOfItsOwnUntilARoundIsAnswered() {
        var told = new ArrayList<OpsEvent>();
        try (var _ = bus.subscribe("test", told::add);
                var _ = new OutageAlerts(alerts, bus, t -> t.branch().equals("production"))) {
            lost(PRODUCTION);
            lost(CI);
            assertThat(alerts.active(PRODUCTION))
                    .singleElement()
                    .satisfies(a -> assertThat(a.severity()).isEqualTo(Severity.CRITICAL))
                    .satisfies(a -> assertThat(a.metric()).isEqualTo(MetricName.NO_ANSWER_SECONDS))
                    .satisfies(a -> assertThat(a.message()).contains("production does not answer"));
            assertThat(alerts.active(CI).getFirst().severity()).isEqualTo(Severity.WARNING);
            assertThat(told.stream().filter(e -> e instanceof OpsEvent.ThresholdBreached))
                    .hasSize(2);

            var round = new HealthBoard.Round(PRODUCTION, NOW, Duration.ZERO, Map.of());
            var judge = new AlertJudge(new LiveHealthBoard(), alerts, bus, round);
            assertThat(judge.answered()).isEqualTo(1);
            assertThat(alerts.active(PRODUCTION)).isEmpty();
            assertThat(alerts.active(CI)).as("another server").hasSize(1);
        }
    }

    @Test
    void aServerThatComesAndGoesIsOneAlertToldOnce() {
        var told = new ArrayList<OpsEvent>();
        try (var _ = bus.subscribe("test", told::add);
                var _ = new OutageAlerts(alerts, bus, _ -> true)) {
            for (int i = 0; i < 60; i++) {
                var at = NOW.plusSeconds(20L * i);
                bus.publish(new OpsEvent.ReachabilityChanged(PRODUCTION, at, false, "gone"));
                var round =
                        new HealthBoard.Round(
                                PRODUCTION, at.plusSeconds(10), Duration.ZERO, Map.of());
                new AlertJudge(new LiveHealthBoard(), alerts, bus, round).answered();
            }
            assertThat(told.stream().filter(e -> e instanceof OpsEvent.ThresholdBreached))
                    .hasSize(1);
            assertThat(alerts.history(PRODUCTION, 100))
                    .singleElement()
                    .satisfies(a -> assertThat(a.returns()).isEqualTo(59));
            var later = NOW.plusSeconds(2 * 3600);
            bus.publish(new OpsEvent.ReachabilityChanged(PRODUCTION, later, false, "gone"));
            assertThat(alerts.history(PRODUCTION, 100)).as("another time").hasSize(2);
        }
    }
}
