package io.lakebaseops.agents.health.monitoring;

import static io.lakebaseops.agents.health.monitoring.AlertRule.Bad.ABOVE;
import static io.lakebaseops.agents.health.monitoring.AlertRule.Bad.BELOW;

import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which eight rules watch a server?
public record AlertRules(List<AlertRule> rules) {
    private static final Duration AT_ONCE = Duration.ZERO;

    public AlertRules {
        rules = List.copyOf(rules);
    }

    public static AlertRules standard() {
        return new AlertRules(
                List.of(
                        new AlertRule(
                                MetricName.CACHE_HIT_RATIO,
                                BELOW,
                                0.99,
                                0.95,
                                Duration.ofMinutes(2),
                                0.002,
                                Duration.ofMinutes(30),
                                Sop.ADVISE_CACHE,
                                "transactional work should find its blocks in memory; a single"
                                        + " report or a cold start may miss for a minute"),
                        new AlertRule(
                                MetricName.CONNECTION_UTILIZATION,
                                ABOVE,
                                0.70,
                                0.85,
                                Duration.ofSeconds(10),
                                0.05,
                                Duration.ofMinutes(10),
                                Sop.END_IDLE_SESSIONS,
                                "some slots are reserved, and a deployment doubles the sessions for"
                                        + " a while"),
                        new AlertRule(
                                MetricName.MAX_DEAD_TUPLE_RATIO,
                                ABOVE,
                                0.10,
                                0.25,
                                AT_ONCE,
                                0.02,
                                Duration.ofMinutes(10),
                                Sop.VACUUM_WORST_TABLE,
                                "the share grows slowly, so one reading is enough; autovacuum's"
                                        + " default begins at 20 %"),
                        new AlertRule(
                                MetricName.LOCK_WAIT_SECONDS,
                                ABOVE,
                                30,
                                120,
                                AT_ONCE,
                                5,
                                Duration.ofMinutes(5),
                                Sop.CAPTURE_LOCK_CHAIN,
                                "the figure is itself a duration; people notice after half a"
                                        + " minute"),
                        new AlertRule(
                                MetricName.DEADLOCKS_PER_HOUR,
                                ABOVE,
                                2,
                                5,
                                AT_ONCE,
                                1,
                                Duration.ofMinutes(60),
                                Sop.CAPTURE_BLOCKERS,
                                "one now and then is retried unseen, several an hour are a"
                                        + " pattern"),
                        new AlertRule(
                                MetricName.SLOWEST_QUERY_SECONDS,
                                ABOVE,
                                5,
                                30,
                                AT_ONCE,
                                1,
                                Duration.ofMinutes(5),
                                Sop.CAPTURE_SLOW_STATEMENT,
                                "the figure is itself a duration; interactive work is over well"
                                        + " before"),
                        new AlertRule(
                                MetricName.TXID_AGE,
                                ABOVE,
                                500e6,
                                1e9,
                                AT_ONCE,
                                10e6,
                                Duration.ofHours(6),
                                Sop.FREEZE_OLDEST,
                                "autovacuum freezes at 200 million; writes stop near 2.1 billion"),
                        new AlertRule(
                                MetricName.REPLICATION_LAG_SECONDS,
                                ABOVE,
                                10,
                                60,
                                Duration.ofSeconds(15),
                                2,
                                Duration.ofMinutes(5),
                                Sop.ADVISE_REPLICATION,
                                "a burst of writes replays within seconds")));
    }

    public Optional<AlertRule> of(MetricName metric) {
        return rules.stream().filter(r -> r.metric() == metric).findFirst();
    }

    /// `ok`, `warning` or `critical` for the history; null for a metric without a rule.
    @Nullable String levelOf(MetricName metric, double value) {
        return of(metric)
                .map(
                        r ->
                                r.severityOf(value)
                                        .map(s -> s == Severity.CRITICAL ? "critical" : "warning")
                                        .orElse("ok"))
                .orElse(null);
    }
}
