package io.lakebaseops.app.past;

import io.lakebaseops.app.past.PastStatements.Cost;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The generated past of the server's metrics, made of what its statements did.
record PastMetrics(TargetId target, PastStatements statements, LoadCurve curve) {
    private static final int IDLE_SESSIONS = 8;
    private static final int BLOCK = 8192;
    private static final Duration WEEK = Duration.ofDays(7);

    List<Map<String, @Nullable Object>> rows(PastSlot slot) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        values(slot)
                .forEach(
                        (name, value) -> {
                            var row = PastRows.of(target, slot.until());
                            row.put("metric_name", name.id());
                            row.put("metric_value", value);
                            row.put("unit", name.unit());
                            rows.add(row);
                        });
        return rows;
    }

    Map<MetricName, Double> values(PastSlot slot) {
        var at = slot.until();
        var values = new EnumMap<MetricName, Double>(MetricName.class);
        traffic(values, slot);
        sessions(values, at);
        values.put(MetricName.DATABASE_SIZE_BYTES, statements.server().bytes() * curve.grown(at));
        values.put(MetricName.TXID_AGE, age(at, statements.server().transactionAge(), 3.8e6));
        values.put(MetricName.MULTIXACT_AGE, age(at, statements.server().multixactAge(), 5e3));
        values.put(MetricName.OLDEST_XMIN_AGE, 20 + 180 * curve.uniform("xmin", at));
        values.put(MetricName.MAX_DEAD_TUPLE_RATIO, deadRows(at));
        return values;
    }

    private void traffic(Map<MetricName, Double> values, PastSlot slot) {
        var at = slot.until();
        double calls = 0;
        double millis = 0;
        double hit = 0;
        double read = 0;
        double temp = 0;
        double wal = 0;
        for (Cost cost : statements.costs(slot)) {
            var p = cost.statement().profile();
            calls += cost.calls();
            millis += cost.millis();
            hit += cost.calls() * p.hit();
            read += cost.calls() * p.read();
            temp += cost.calls() * p.temp() / 2;
            wal += cost.calls() * p.wal();
        }
        if (slot.holds(curve.restart())) {
            read += hit * 0.04;
        }
        double load = curve.load(at);
        values.put(MetricName.TPS, 44 * load);
        values.put(MetricName.MEAN_LATENCY_MS, calls == 0 ? 0 : millis / calls);
        values.put(MetricName.CACHE_HIT_RATIO, hit / (hit + read));
        values.put(MetricName.IO_HIT_RATIO, hit / (hit + read));
        values.put(MetricName.TEMP_BYTES, temp * BLOCK);
        values.put(MetricName.WAL_BYTES, wal * 1.25);
        values.put(MetricName.IO_READ_TIME_MS, read * 0.03);
        values.put(MetricName.IO_WRITE_TIME_MS, slot.seconds() * 0.4 * load);
        values.put(MetricName.WAL_WRITE_TIME_MS, slot.seconds() * 6 * load);
        values.put(MetricName.ROLLBACK_RATIO, 0.0006 + 0.0004 * curve.uniform("rollback", at));
        values.put(MetricName.CHECKPOINTS_TIMED, Math.max(1, slot.seconds() / 300));
        values.put(MetricName.CHECKPOINTS_REQUESTED, 0.0);
        values.put(MetricName.CHECKPOINT_WRITE_TIME_MS, slot.seconds() * 90 * load);
        values.put(MetricName.WAL_BUFFERS_FULL, (double) curve.whole("buffers", at, load));
        // Those that wait for a lock of another session.
        values.put(MetricName.ACTIVE_WAITING_AVG, 0.15 * (1 + 0.2 * curve.gaussian("wait", at)));
    }

    private void sessions(Map<MetricName, Double> values, Instant at) {
        boolean queue = curve.uniform("lock chain", at) < 0.08;
        double active = curve.whole("active", at, 0.4 * curve.load(at)) + (queue ? 2 : 0);
        values.put(MetricName.ACTIVE_CONNECTIONS, active);
        values.put(MetricName.IDLE_CONNECTIONS, (double) IDLE_SESSIONS);
        values.put(MetricName.IDLE_IN_TRANSACTION, 1.0);
        values.put(
                MetricName.CONNECTION_UTILIZATION,
                (active + IDLE_SESSIONS + 3) / statements.server().maxConnections());
        values.put(MetricName.WAITING_LOCKS, queue ? 2.0 : 0);
        values.put(MetricName.LOCK_WAIT_SECONDS, queue ? 5 * curve.uniform("lock", at) : 0);
        values.put(MetricName.DEADLOCKS_PER_HOUR, curve.uniform("dead", at) < 0.002 ? 1.0 : 0);
        values.put(
                MetricName.SLOWEST_QUERY_SECONDS,
                queue ? 5 * curve.uniform("lock", at) : 0.12 * curve.uniform("slowest", at));
    }

    /// Autovacuum came in time until it was loosened; since then two of three rows may be dead.
    private double deadRows(Instant at) {
        double most = at.isBefore(curve.autovacuumLoosened()) ? 0.09 : 0.66;
        return 0.01 + most * curve.uniform("dead rows", at);
    }

    /// A weekly freeze takes the age back to what it is at the end.
    private double age(Instant at, double last, double perDay) {
        long before = Duration.between(at, curve.until()).toSeconds();
        long week = WEEK.toSeconds();
        double sinceFreeze = (week - before % week) % week;
        return last + perDay * sinceFreeze / Duration.ofDays(1).toSeconds();
    }
}
