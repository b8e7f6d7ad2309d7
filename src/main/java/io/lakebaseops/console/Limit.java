package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRules;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.stream.Collectors;

/// From which value on is a metric a warning, from which critical?
///
/// @param warning in the metric's own unit
/// @param lowIsBad true where falling below is the trouble (cache hits)
public record Limit(double warning, double critical, boolean lowIsBad) {

    /// The limits that raise alerts are the limits drawn on the gauges.
    public static Map<MetricName, Limit> of(AlertRules rules) {
        return rules.rules().stream().collect(Collectors.toMap(AlertRule::metric, Limit::of));
    }

    private static Limit of(AlertRule rule) {
        return new Limit(rule.warning(), rule.critical(), rule.bad() == AlertRule.Bad.BELOW);
    }

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
