package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.AlertRule.Bad;
import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.agents.health.monitoring.AlertStep.SoFar;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class AlertStepTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /// Warning above 70, critical above 85, after 30 s; over at 65.
    private static final AlertRule RULE =
            new AlertRule(
                    MetricName.CONNECTION_UTILIZATION,
                    Bad.ABOVE,
                    70,
                    85,
                    Duration.ofSeconds(30),
                    5,
                    Duration.ofMinutes(10),
                    Sop.END_IDLE_SESSIONS,
                    "test");

    private static AlertStep step(
            @Nullable Severity active, @Nullable Double value, double... last) {
        return AlertStep.of(RULE, new SoFar(active, null, null), value, NOW, every10Seconds(last));
    }

    private static List<Point> every10Seconds(double... values) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(NOW.minusSeconds(10L * (values.length - 1 - i)), values[i]));
        }
        return points;
    }

    @Test
    void raisesOnlyAfterTheTimeTheRuleAsksFor() {
        assertThat(step(null, 71.0, 71, 71, 71)).isInstanceOf(AlertStep.Nothing.class);
        assertThat(step(null, 71.0, 71, 71, 71, 71))
                .isEqualTo(new AlertStep.Raise(Severity.WARNING));
        assertThat(step(null, 71.0, 71, 60, 71, 71)).isInstanceOf(AlertStep.Nothing.class);
    }

    @Test
    void touchingTheLimitIsNotCrossingIt() {
        assertThat(step(null, 70.0, 70, 70, 70, 70)).isInstanceOf(AlertStep.Nothing.class);
    }

    @Test
    void startsCriticalOnlyIfCriticalLasted() {
        assertThat(step(null, 90.0, 90, 90, 90, 90))
                .isEqualTo(new AlertStep.Raise(Severity.CRITICAL));
        assertThat(step(null, 90.0, 75, 75, 75, 90))
                .isEqualTo(new AlertStep.Raise(Severity.WARNING));
    }

    @Test
    void anAlertThatIsOnIsNotRaisedAgain() {
        assertThat(step(Severity.WARNING, 72.0, 72, 72, 72, 72))
                .isEqualTo(new AlertStep.Continue(Severity.WARNING));
    }

    @Test
    void escalatesOnceCriticalLasted() {
        assertThat(step(Severity.WARNING, 90.0, 75, 75, 90))
                .isEqualTo(new AlertStep.Continue(Severity.WARNING));
        assertThat(step(Severity.WARNING, 90.0, 90, 90, 90, 90))
                .isEqualTo(new AlertStep.Escalate());
    }

    @Test
    void staysOnUntilWellInsideTheLimit() {
        assertThat(step(Severity.WARNING, 66.0, 66))
                .isEqualTo(new AlertStep.Continue(Severity.WARNING));
        assertThat(step(Severity.WARNING, 65.0, 65)).isEqualTo(new AlertStep.Recover());
    }

    @Test
    void calmsDownFromCriticalWithTheSameMargin() {
        assertThat(step(Severity.CRITICAL, 82.0, 82))
                .isEqualTo(new AlertStep.Continue(Severity.CRITICAL));
        assertThat(step(Severity.CRITICAL, 80.0, 80))
                .isEqualTo(new AlertStep.Continue(Severity.WARNING));
    }

    @Test
    void withoutAReadingNothingStartsOrEnds() {
        assertThat(step(null, null)).isInstanceOf(AlertStep.Nothing.class);
        assertThat(step(Severity.CRITICAL, null)).isInstanceOf(AlertStep.Nothing.class);
    }

    @Test
    void coolsDownAfterAnEndButNeverForCritical() {
        var recent = NOW.minus(Duration.ofMinutes(5));
        var warned = new SoFar(null, null, recent);
        assertThat(AlertStep.of(RULE, warned, 72.0, NOW, every10Seconds(72, 72, 72, 72)))
                .isInstanceOf(AlertStep.Nothing.class);
        assertThat(AlertStep.of(RULE, warned, 90.0, NOW, every10Seconds(90, 90, 90, 90)))
                .as("worse than what ended")
                .isEqualTo(new AlertStep.Raise(Severity.CRITICAL));
        var critical = new SoFar(null, recent.minusSeconds(60), recent);
        assertThat(AlertStep.of(RULE, critical, 90.0, NOW, every10Seconds(90, 90, 90, 90)))
                .as("the same again")
                .isEqualTo(new AlertStep.Return());
        var longAgo = new SoFar(null, NOW.minusSeconds(900), NOW.minusSeconds(700));
        assertThat(AlertStep.of(RULE, longAgo, 90.0, NOW, every10Seconds(90, 90, 90, 90)))
                .isEqualTo(new AlertStep.Raise(Severity.CRITICAL));
    }

    @Test
    void oneThatIsCriticalAgainSoonAfterIsNotToldAgain() {
        var lately = new SoFar(Severity.WARNING, NOW.minusSeconds(120), null);
        assertThat(AlertStep.of(RULE, lately, 90.0, NOW, every10Seconds(90, 90, 90, 90)))
                .isEqualTo(new AlertStep.Continue(Severity.CRITICAL));
        var hoursAgo = new SoFar(Severity.WARNING, NOW.minusSeconds(7200), null);
        assertThat(AlertStep.of(RULE, hoursAgo, 90.0, NOW, every10Seconds(90, 90, 90, 90)))
                .isEqualTo(new AlertStep.Escalate());
    }

    @Test
    void theFirstReadingBeyondTheLimitIsTheBeginning() {
        assertThat(RULE.breachedAt(71, NOW, every10Seconds(60, 71, 69, 71, 90, 71)))
                .isEqualTo(NOW.minusSeconds(20));
        var lockWait =
                MetricDefinitions.standard()
                        .watched(MetricName.LOCK_WAIT_SECONDS)
                        .orElseThrow()
                        .rule();
        assertThat(lockWait.breachedAt(33.5, NOW, List.of(new Point(NOW, 33.5))))
                .as("a wait says itself since when it is too long")
                .isEqualTo(NOW.minusMillis(3500));
    }

    @Test
    void aRuleWithItsBadSideBelowIsMirrored() {
        var cache =
                MetricDefinitions.standard()
                        .watched(MetricName.CACHE_HIT_RATIO)
                        .orElseThrow()
                        .rule();
        assertThat(cache.severityOf(0.94)).contains(Severity.CRITICAL);
        assertThat(cache.severityOf(0.98)).contains(Severity.WARNING);
        assertThat(cache.severityOf(0.99)).isEmpty();
        assertThat(cache.clearOf(0.991, cache.warning())).isFalse();
        assertThat(cache.clearOf(0.993, cache.warning())).isTrue();
    }

    @Test
    void oneDeadlockIsOneAnHourHoweverShortTheInterval() {
        var window = new Deadlocks.Window();
        window.add(NOW, 10);
        assertThat(window.add(NOW.plusSeconds(5), 11).seen()).isEqualTo(1);
        assertThat(window.add(NOW.plusSeconds(10), 0).seen())
                .as("a reset keeps what was seen")
                .isEqualTo(1);
        assertThat(window.add(NOW.plusSeconds(15), 2).seen()).isEqualTo(3);
        assertThat(window.add(NOW.plusSeconds(7200), 2).seen()).isZero();
    }
}
