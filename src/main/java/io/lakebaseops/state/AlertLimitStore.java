package io.lakebaseops.state;

import io.lakebaseops.domain.MetricName;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Changed limits in the state database. They are written within the caller's transaction, so that
/// a change and its entry in the audit chain both happen or neither.
public final class AlertLimitStore implements AlertLimits {
    private final StateDb db;

    public AlertLimitStore(StateDb db) {
        this.db = db;
    }

    private record Row(
            String metric,
            String target,
            double warning,
            double critical,
            double openSeconds,
            double margin,
            String by,
            Instant at) {}

    @Override
    public List<Changed> all() {
        return db.tx(tx -> tx.query(StateSql.ALERT_LIMITS, Map.of(), Row.class)).stream()
                .map(
                        r ->
                                new Changed(
                                        MetricName.of(r.metric()),
                                        r.target(),
                                        r.warning(),
                                        r.critical(),
                                        r.openSeconds(),
                                        r.margin(),
                                        r.by(),
                                        r.at()))
                .toList();
    }

    private record Count(String metric, long alerts) {}

    @Override
    public Map<MetricName, Long> alerts(String target, Instant since) {
        var params =
                StateParams.of(
                        "target", target.equals(ALL_SERVERS) ? null : target, "since", since);
        var counts = new EnumMap<MetricName, Long>(MetricName.class);
        db.tx(tx -> tx.query(StateSql.ALERT_COUNTS, params, Count.class))
                .forEach(c -> counts.put(MetricName.of(c.metric()), c.alerts()));
        return counts;
    }

    public static void put(Tx tx, Changed c) throws SQLException {
        tx.update(
                StateSql.ALERT_LIMIT_PUT,
                StateParams.of(
                        "metric", c.metric().id(),
                        "target", c.target(),
                        "warning", c.warning(),
                        "critical", c.critical(),
                        "open_seconds", c.openSeconds(),
                        "margin", c.margin(),
                        "by", c.by(),
                        "at", c.at()));
    }

    public static void remove(Tx tx, MetricName metric, String target) throws SQLException {
        tx.update(StateSql.ALERT_LIMIT_REMOVE, Map.of("metric", metric.id(), "target", target));
    }
}
