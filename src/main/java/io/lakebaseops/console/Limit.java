package io.lakebaseops.console;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// From which value on is a metric a warning, from which critical?
///
/// @param warning in the metric's own unit
/// @param lowIsBad true where falling below is the trouble (cache hits)
public record Limit(double warning, double critical, boolean lowIsBad) {

    /// The eight figures of the overview with the product's default limits.
    public static final Map<MetricName, Limit> DEFAULTS =
            Map.of(
                    MetricName.CACHE_HIT_RATIO, new Limit(0.99, 0.95, true),
                    MetricName.CONNECTION_UTILIZATION, new Limit(0.70, 0.85, false),
                    MetricName.MAX_DEAD_TUPLE_RATIO, new Limit(0.10, 0.25, false),
                    MetricName.LOCK_WAIT_SECONDS, new Limit(30, 120, false),
                    MetricName.DEADLOCKS_PER_HOUR, new Limit(2, 5, false),
                    MetricName.SLOWEST_QUERY_SECONDS, new Limit(5, 30, false),
                    MetricName.TXID_AGE, new Limit(500e6, 1e9, false),
                    MetricName.REPLICATION_LAG_SECONDS, new Limit(10, 60, false));

    /// Null when the value is fine.
    public @Nullable Severity judge(double value) {
        if (beyond(value, critical)) {
            return Severity.CRITICAL;
        }
        return beyond(value, warning) ? Severity.WARNING : null;
    }

    private boolean beyond(double value, double mark) {
        return lowIsBad ? value < mark : value > mark;
    }
}
