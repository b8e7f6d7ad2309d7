package io.lakebaseops.state;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alerts in the state database: at most one is on per target and metric, whoever raises it.
public final class AlertStore implements Alerts {
    private final StateDb db;

    public AlertStore(StateDb db) {
        this.db = db;
    }

    @Override
    public Optional<Alert> active(TargetId target, MetricName metric) {
        return db.tx(
                tx -> tx.first(StateSql.ALERT_ACTIVE, scope(target, metric), AlertStore::alert));
    }

    @Override
    public List<Alert> active(@Nullable TargetId target) {
        return db.tx(tx -> tx.query(StateSql.ALERT_ACTIVE, scope(target, null), AlertStore::alert));
    }

    @Override
    public List<Alert> history(@Nullable TargetId target, int limit) {
        var params = scope(target, null);
        params.put("limit", limit);
        return db.tx(tx -> tx.query(StateSql.ALERT_HISTORY, params, AlertStore::alert));
    }

    /// Returns the alert as it stands: the other process's when that was first to raise it.
    @Override
    public Alert save(Alert alert) {
        var params = params(alert);
        var metric = scope(alert.target(), alert.metric());
        return db.tx(
                tx -> {
                    if (tx.update(StateSql.ALERT_INSERT, params) == 1
                            || tx.update(StateSql.ALERT_UPDATE, params) == 1) {
                        return alert;
                    }
                    return tx.first(StateSql.ALERT_ACTIVE, metric, AlertStore::alert).orElse(alert);
                });
    }

    @Override
    public void acknowledge(String id, String by, Instant at) {
        var params = Map.of("id", id, "by", by, "at", at);
        if (db.tx(tx -> tx.update(StateSql.ALERT_ACKNOWLEDGE, params)) == 0) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Acknowledge an alert",
                    "there is none with id " + id,
                    "refresh the list of alerts");
        }
    }

    @Override
    public void mute(TargetId target, MetricName metric, String by, Instant until) {
        var params =
                Map.of("target", target.key(), "metric", metric.id(), "by", by, "until", until);
        db.run(tx -> tx.update(StateSql.ALERT_MUTE, params));
    }

    @Override
    public Optional<Instant> mutedUntil(TargetId target, MetricName metric) {
        return db.tx(
                tx ->
                        tx.first(
                                StateSql.ALERT_MUTED_UNTIL,
                                scope(target, metric),
                                row -> row.instant("muted_until")));
    }

    private static Map<String, @Nullable Object> scope(
            @Nullable TargetId target, @Nullable MetricName metric) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("target", target == null ? null : target.key());
        params.put("metric", metric == null ? null : metric.id());
        return params;
    }

    private static Map<String, @Nullable Object> params(Alert a) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("id", a.id());
        params.put("target_key", a.target().key());
        params.put("metric", a.metric().id());
        params.put("severity", a.severity());
        params.put("value", a.value());
        params.put("threshold", a.threshold());
        params.put("target", StateJson.write(a.target()));
        params.put("subject", StateJson.write(a.subject()));
        params.put("message", a.message());
        params.put("opened_at", a.openedAt());
        params.put("updated_at", a.updatedAt());
        params.put("recovered_at", a.recoveredAt());
        params.put("acknowledged_by", a.acknowledgedBy());
        params.put("handled_by", a.handledBy());
        return params;
    }

    private static Alert alert(Row row) throws SQLException {
        return new Alert(
                row.text("id"),
                StateJson.read(row.text("target"), TargetId.class),
                MetricName.of(row.text("metric")),
                Severity.valueOf(row.text("severity")),
                row.real("value"),
                row.real("threshold"),
                StateJson.read(row.text("subject"), Subject.class),
                row.text("message"),
                row.instant("opened_at"),
                row.instant("updated_at"),
                row.instantOrNull("recovered_at"),
                row.textOrNull("acknowledged_by"),
                row.textOrNull("handled_by"));
    }
}
