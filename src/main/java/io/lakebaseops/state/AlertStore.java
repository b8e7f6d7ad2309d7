package io.lakebaseops.state;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Alerts in the state database: at most one is on per target and metric, whoever raises it.
public final class AlertStore implements Alerts {
    private final StateDb db;

    public AlertStore(StateDb db) {
        this.db = db;
    }

    @Override
    public Optional<Alert> active(TargetId target, MetricName metric) {
        return db.tx(tx -> tx.first(StateSql.ALERT_ACTIVE, scope(target, metric), Alert.class));
    }

    @Override
    public List<Alert> active(@Nullable TargetId target) {
        return db.tx(tx -> tx.query(StateSql.ALERT_ACTIVE, scope(target, null), Alert.class));
    }

    @Override
    public List<Alert> history(@Nullable TargetId target, int limit) {
        var params = scope(target, null);
        params.put("limit", limit);
        return db.tx(tx -> tx.query(StateSql.ALERT_HISTORY, params, Alert.class));
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
                    return tx.first(StateSql.ALERT_ACTIVE, metric, Alert.class).orElse(alert);
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
    public void repaired(String id, UUID plan) {
        var params = Map.of("id", id, "plan", plan.toString());
        db.run(tx -> tx.update(StateSql.ALERT_REPAIRED, params));
    }

    @Override
    public void mute(TargetId target, Mute mute) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("target", target.key());
        params.put("metric", mute.metric().id());
        params.put("subject", StateJson.write(mute.subject()));
        params.put("by", mute.by());
        params.put("at", mute.at());
        params.put("until", mute.until());
        params.put("reason", mute.reason());
        db.run(tx -> tx.update(StateSql.ALERT_MUTE, params));
    }

    @Override
    public void unmute(TargetId target, MetricName metric, Subject subject) {
        var params =
                Map.of(
                        "target",
                        target.key(),
                        "metric",
                        metric.id(),
                        "subject",
                        StateJson.write(subject));
        db.run(tx -> tx.update(StateSql.ALERT_UNMUTE, params));
    }

    @Override
    public List<Mute> mutes(TargetId target, Instant now) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.ALERT_MUTES,
                                Map.of("target", target.key(), "now", now),
                                Mute.class));
    }

    @Override
    public Map<TargetId, List<Mute>> mutes(Instant now) {
        var rows =
                db.tx(tx -> tx.query(StateSql.ALERT_MUTES_ALL, Map.of("now", now), MuteOf.class));
        var mutes = new HashMap<TargetId, List<Mute>>();
        for (var m : rows) {
            mutes.computeIfAbsent(TargetId.ofKey(m.targetKey()), _ -> new ArrayList<>())
                    .add(new Mute(m.metric(), m.subject(), m.by(), m.at(), m.until(), m.reason()));
        }
        return mutes;
    }

    private record MuteOf(
            String targetKey,
            MetricName metric,
            Subject subject,
            String by,
            Instant at,
            Instant until,
            String reason) {}

    @Override
    public List<Alert> recoveries(TargetId target, Instant since) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.ALERT_RECOVERIES,
                                Map.of("target", target.key(), "since", since),
                                Alert.class));
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
        params.put("breached_at", a.breachedAt());
        params.put("critical_at", a.criticalAt());
        params.put("returns", a.returns());
        return params;
    }
}
