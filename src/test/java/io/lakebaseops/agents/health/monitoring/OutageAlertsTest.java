package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.TurnedClock;
import io.lakebaseops.framework.work.TaskExecutor;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Predicate;

final class OutageAlertsTest {
    private static final TargetId PRODUCTION = new TargetId("p", "shop", "production");
    private static final TargetId CI = new TargetId("p", "shop", "ci-pr-7");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final TaskExecutor room = TaskExecutor.inline(Clock.systemUTC());
    private final OrderedEventBus bus = new OrderedEventBus(room);
    private final TurnedClock clock = new TurnedClock(NOW.toString());

    private OutageAlerts raised(Predicate<TargetId> production) {
        return new OutageAlerts(alerts, bus, production, clock, Runnable::run, clock);
    }

    private void lost(TargetId target) {
        reachable(target, false);
    }

    private void reachable(TargetId target, boolean reachable) {
        bus.publish(
                new OpsEvent.ReachabilityChanged(
                        target, clock.instant(), reachable, "it does not answer"));
    }

    private void seconds(int passed) {
        clock.pass(Duration.ofSeconds(passed), Duration.ofSeconds(1));
    }

    @Test
    void aServerThatIsSilentForAMomentIsShownAndNobodyIsCalled() {
        try (var _ = raised(_ -> true)) {
            lost(PRODUCTION);
            seconds(4);
            reachable(PRODUCTION, true);
            seconds(60);
            assertThat(alerts.history(PRODUCTION, 10)).isEmpty();
            lost(PRODUCTION);
            seconds(4);
            assertThat(alerts.active(PRODUCTION)).isEmpty();
            seconds(1);
            assertThat(alerts.active(PRODUCTION))
                    .singleElement()
                    .satisfies(a -> assertThat(a.breachedAt()).isEqualTo(NOW.plusSeconds(64)))
                    .satisfies(a -> assertThat(a.openedAt()).isEqualTo(NOW.plusSeconds(69)));
        }
    }

    @Test
    void aServerThatIsGoneIsAnAlertOfItsOwnUntilARoundIsAnswered() {
        var told = new ArrayList<OpsEvent>();
        try (var _ = bus.subscribe("test", told::add);
                var _ = raised(t -> t.branch().equals("production"))) {
            lost(PRODUCTION);
            lost(CI);
            seconds(5);
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
                var _ = raised(_ -> true)) {
            for (int i = 0; i < 60; i++) {
                lost(PRODUCTION);
                seconds(10);
                var round =
                        new HealthBoard.Round(PRODUCTION, clock.instant(), Duration.ZERO, Map.of());
                new AlertJudge(new LiveHealthBoard(), alerts, bus, round).answered();
                reachable(PRODUCTION, true);
                seconds(10);
            }
            assertThat(told.stream().filter(e -> e instanceof OpsEvent.ThresholdBreached))
                    .hasSize(1);
            assertThat(alerts.history(PRODUCTION, 100))
                    .singleElement()
                    .satisfies(a -> assertThat(a.returns()).isEqualTo(59));
            seconds(3600);
            lost(PRODUCTION);
            seconds(5);
            assertThat(alerts.history(PRODUCTION, 100)).as("another time").hasSize(2);
        }
    }
}
