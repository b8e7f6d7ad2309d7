package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Findings.StoredFinding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// What is behind a tile, an alert or a finding? Shown in the side pane.
sealed interface EvidenceContent {
    /// @param reason why there is no value; null when there is one
    /// @param limits both marks in words
    record Figure(
            Gauge gauge,
            Charts.Chart chart,
            String limits,
            @Nullable String reason,
            List<Alert> alerts,
            List<StoredFinding> findings)
            implements EvidenceContent {
        public Figure {
            alerts = List.copyOf(alerts);
            findings = List.copyOf(findings);
        }
    }

    record Finding(StoredFinding stored) implements EvidenceContent {}

    /// Reads; for the background.
    static EvidenceContent of(
            ConsoleServices services, TargetId target, Gauge gauge, Duration back) {
        var metric = gauge.metric();
        var limit = services.limits().get(metric);
        var reason =
                services.health()
                        .latest(target)
                        .map(r -> r.metrics().get(metric))
                        .map(m -> m.value().reason())
                        .orElse(null);
        var alerts =
                services.alerts().history(target, 200).stream()
                        .filter(a -> a.metric() == metric)
                        .limit(10)
                        .toList();
        var subjects = alerts.stream().map(a -> a.subject().display()).distinct().toList();
        var findings =
                services.findings().open(target).stream()
                        .filter(f -> about(f, metric) || subjects.contains(subject(f)))
                        .toList();
        return new Figure(
                gauge,
                new Charts(services, target, back).evidence(metric, gauge.title()),
                limit == null
                        ? ""
                        : (limit.lowIsBad() ? "warning under " : "warning over ")
                                + Format.of(metric, limit.warning())
                                + ", critical "
                                + (limit.lowIsBad() ? "under " : "over ")
                                + Format.of(metric, limit.critical()),
                reason,
                alerts,
                findings);
    }

    private static String subject(StoredFinding stored) {
        return stored.finding().subject().display();
    }

    /// Which finding kinds explain which figure.
    private static boolean about(StoredFinding stored, MetricName metric) {
        var kind = stored.finding().kind();
        return switch (metric) {
            case MAX_DEAD_TUPLE_RATIO -> kind.contains("vacuum") || kind.contains("dead");
            case CONNECTION_UTILIZATION -> kind.contains("idle") || kind.contains("connection");
            case LOCK_WAIT_SECONDS, DEADLOCKS_PER_HOUR ->
                    kind.contains("lock") || kind.contains("block");
            case TXID_AGE -> kind.contains("xid") || kind.contains("wraparound");
            default -> kind.contains(metric.id());
        };
    }
}
