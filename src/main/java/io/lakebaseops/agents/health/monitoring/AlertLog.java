package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The history of alerts: a row for each change of an alert's level, beside the alerts themselves,
/// which only know how they stand.
public final class AlertLog implements Consumer<OpsEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(AlertLog.class);
    private static final String OK = "ok";
    private static final int RECENT = 200;

    private final Supplier<Alerts> alerts;
    private final Lakehouse lakehouse;

    public AlertLog(Supplier<Alerts> alerts, Lakehouse lakehouse) {
        this.alerts = alerts;
        this.lakehouse = lakehouse;
    }

    @Override
    public void accept(OpsEvent event) {
        switch (event) {
            case OpsEvent.ThresholdBreached e -> {
                var alert = find(e.target(), e.alertId());
                boolean risen = alert != null && alert.openedAt().isBefore(e.at());
                write(
                        e.target(),
                        e.at(),
                        e.alertId(),
                        e.metric(),
                        level(e.severity()),
                        risen ? level(Severity.WARNING) : OK,
                        e.value(),
                        alert);
            }
            case OpsEvent.AlertRecovered e -> {
                var alert = find(e.target(), e.alertId());
                write(
                        e.target(),
                        e.at(),
                        e.alertId(),
                        e.metric(),
                        OK,
                        alert == null ? null : level(alert.severity()),
                        null,
                        alert);
            }
            default -> {}
        }
    }

    private @Nullable Alert find(TargetId target, String id) {
        return alerts.get().history(target, RECENT).stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static String level(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private void write(
            TargetId target,
            Instant at,
            String id,
            MetricName metric,
            String level,
            @Nullable String previous,
            @Nullable Double value,
            @Nullable Alert alert) {
        var row = HistoryRow.of(target, at, id);
        row.put("alert_id", id);
        row.put("metric_name", metric.id());
        row.put("level", level);
        row.put("previous_level", previous);
        row.put("metric_value", value);
        if (alert != null) {
            row.put("subject", alert.subject().display());
            row.put("threshold", alert.threshold());
            row.put("message", alert.message());
            row.put("sop_action", alert.handledBy());
            row.put("acknowledged_by", alert.acknowledgedBy());
        }
        try {
            lakehouse.append(OpsTables.ALERT_HISTORY.name(), List.of(row));
        } catch (OpsException e) {
            LOG.warn("The change of alert {} is not in the history: {}", id, e.getMessage());
        }
    }
}
