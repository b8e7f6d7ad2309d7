package io.lakebaseops.app.past;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The generated past of alerts: those that the generated metrics call for by the rules in force,
/// one a day and metric, with the repair that ended each.
record PastAlerts(TargetId target, PastMetrics metrics, LoadCurve curve) {

    private record Raised(AlertRule rule, Instant at, double value, Severity severity) {
        MetricName metric() {
            return rule.metric();
        }
    }

    List<Map<String, @Nullable Object>> rows(List<PastSlot> slots) {
        var rules = new TreeMap<MetricName, AlertRule>();
        for (Watched watched : MetricDefinitions.standard().watched()) {
            rules.put(watched.rule().metric(), watched.rule());
        }
        var worst = new TreeMap<String, Raised>();
        for (var slot : slots) {
            metrics.values(slot)
                    .forEach(
                            (metric, value) -> {
                                var rule = rules.get(metric);
                                if (rule != null) {
                                    note(worst, rule, value, slot.until());
                                }
                            });
        }
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var raised : worst.values()) {
            alert(rows, raised);
        }
        return rows;
    }

    /// The worst of a day stands for it.
    private static void note(Map<String, Raised> worst, AlertRule rule, double value, Instant at) {
        rule.severityOf(value)
                .ifPresent(
                        severity ->
                                worst.merge(
                                        rule.metric() + " " + day(at),
                                        new Raised(rule, at, value, severity),
                                        (a, b) ->
                                                b.severity().compareTo(a.severity()) > 0 ? b : a));
    }

    private void alert(List<Map<String, @Nullable Object>> rows, Raised raised) {
        boolean repaired = raised.rule().sop() == AlertRule.Sop.VACUUM_WORST_TABLE;
        double luck = curve.uniform("alert " + raised.metric(), raised.at());
        var lasted =
                repaired
                        ? Duration.ofSeconds(Math.round(40 + 160 * luck))
                        : Duration.ofMinutes(Math.round(6 + 30 * luck));
        var end = raised.at().plus(lasted);
        if (!end.isBefore(curve.until())) {
            return;
        }
        var level = raised.severity().name().toLowerCase(Locale.ROOT);
        rows.add(row(raised, raised.at(), level, "ok", repaired));
        rows.add(row(raised, end, "ok", level, repaired));
    }

    private Map<String, @Nullable Object> row(
            Raised raised, Instant at, String level, String previous, boolean repaired) {
        var row = PastRows.of(target, at);
        row.put(
                "alert_id",
                "generated-%s-%d".formatted(raised.metric().id(), raised.at().getEpochSecond()));
        row.put("metric_name", raised.metric().id());
        row.put("level", level);
        row.put("previous_level", previous);
        row.put("metric_value", raised.value());
        row.put("threshold", raised.rule().limit(raised.severity()));
        row.put("message", raised.metric().id().replace('_', ' ') + " beyond its limit");
        row.put("sop_action", repaired ? "vacuum_analyze" : null);
        return row;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
