package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;

/// The sentence of an alert, for a person at three in the morning: the figure, the object, the
/// limit, in the names and digits of the gauge.
final class AlertWords {
    private AlertWords() {}

    static String of(Watched watched, Severity severity, double value, String detail) {
        var rule = watched.rule();
        var side = rule.bad() == AlertRule.Bad.ABOVE ? "over" : "under";
        var about = detail.isBlank() ? "" : " (" + detail + ")";
        return "%s%s, %s the limit of %s"
                .formatted(
                        watched.gauge().figure(rule.metric(), value),
                        about,
                        side,
                        Format.of(rule.metric(), rule.limit(severity)));
    }
}
