package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The latest round of every watched target and the points of the last hours, for screens.
public interface HealthBoard {
    /// A server that counts for less than this is measured and not judged.
    public static final Duration WARM_UP = ReadingInterval.WARM_UP;

    Optional<Round> latest(TargetId target);

    /// Points of the given metric, oldest first; a gap in measuring is a gap here.
    List<Point> series(TargetId target, MetricName metric, Duration back);

    /// Null when reachable; otherwise since when and why not.
    @Nullable Outage outage(TargetId target);

    /// The object the latest value of a metric is about; the server as a whole when there is none.
    Subject subject(TargetId target, MetricName metric);

    /// What the value of a round is called; it must have been beyond the limit for long enough.
    default Optional<Severity> severity(Round round, AlertRule rule) {
        var metric = round.metrics().get(rule.metric());
        var value = metric == null || !metric.judgeable() ? null : metric.value().value();
        if (value == null || rule.severityOf(value).isEmpty()) {
            return Optional.empty();
        }
        var series = series(round.target(), rule.metric(), rule.forAtLeast().multipliedBy(3));
        return rule.lasting(value, round.at(), series);
    }

    record Round(TargetId target, Instant at, Duration took, Map<MetricName, Metric> metrics) {
        public Round {
            metrics = Map.copyOf(metrics);
        }
    }

    record Point(Instant at, double value) {}

    record Outage(Instant since, String reason) {}
}
