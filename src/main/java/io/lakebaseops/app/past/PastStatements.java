package io.lakebaseops.app.past;

import io.lakebaseops.app.past.DemoServer.Statement;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The generated past of the statements: what each cost in every step.
record PastStatements(TargetId target, DemoServer server, LoadCurve curve) {
    /// While the index on e-mail addresses was there.
    static final double LOGIN_MILLIS = 0.06;

    private static final double LOGIN_BLOCKS = 4;

    /// What a statement did in one step.
    record Cost(Statement statement, long calls, double millis) {
        double mean() {
            return calls == 0 ? 0 : millis / calls;
        }
    }

    List<Cost> costs(PastSlot slot) {
        return server.statements().stream().map(s -> cost(s, slot)).toList();
    }

    private Cost cost(Statement statement, PastSlot slot) {
        var p = statement.profile();
        var at = slot.until();
        double calls = p.perSecond() * slot.seconds();
        if (p.followsLoad()) {
            calls *= curve.load(at);
        }
        if (slot.holds(curve.restart())) {
            calls *= 0.9;
        }
        long whole = curve.whole(p.name() + " calls", at, calls);
        double scatter =
                p.deviation() / Math.sqrt(Math.max(1, whole)) * curve.gaussian(p.name(), at);
        double mean = mean(p, at) * (1 + 0.03 * curve.gaussian(p.name() + " mean", at));
        return new Cost(statement, whole, whole * Math.max(0.2 * mean, mean + scatter));
    }

    private double mean(StatementProfile p, Instant at) {
        if (p.name().equals("login") && at.isBefore(curve.indexDropped())) {
            return LOGIN_MILLIS;
        }
        return p.grows() ? p.millis() * curve.grown(at) : p.millis();
    }

    List<Map<String, @Nullable Object>> rows(PastSlot slot) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var cost : costs(slot)) {
            if (cost.calls() > 0) {
                rows.add(row(cost, slot));
            }
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(Cost cost, PastSlot slot) {
        var p = cost.statement().profile();
        var at = slot.until();
        double n = cost.calls();
        boolean indexed = p.name().equals("login") && at.isBefore(curve.indexDropped());
        var row = PastRows.of(target, at);
        row.put("interval_seconds", slot.seconds());
        row.put("dbid", server.databaseId());
        row.put("datname", server.database());
        row.put("userid", server.roleId());
        row.put("rolname", server.role());
        row.put("queryid", cost.statement().queryId());
        row.put("toplevel", true);
        row.put("calls", cost.calls());
        row.put("total_exec_time", cost.millis());
        row.put("mean_exec_time", cost.mean());
        row.put("stddev_exec_time", indexed ? LOGIN_MILLIS / 2 : p.deviation());
        row.put("min_exec_time", cost.mean() * 0.5);
        row.put("max_exec_time", cost.mean() + 6 * p.deviation());
        row.put("rows", Math.round(n * p.rows()));
        row.put("shared_blks_hit", Math.round(n * (indexed ? LOGIN_BLOCKS : p.hit())));
        row.put("shared_blks_read", curve.whole(p.name() + " read", at, n * p.read()));
        row.put("temp_blks_read", Math.round(n * p.temp() / 2));
        row.put("temp_blks_written", Math.round(n * p.temp() / 2));
        row.put("wal_bytes", Math.round(n * p.wal()));
        row.put("wal_records", Math.round(n * p.wal() / 120));
        row.put("stats_since", at.isBefore(curve.restart()) ? curve.from() : curve.restart());
        row.put("reset_detected", slot.holds(curve.restart()));
        return row;
    }

    List<Map<String, @Nullable Object>> texts() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var statement : server.statements()) {
            // At the end, or retention would take the text before the rows that need it.
            var row = PastRows.of(target, curve.until());
            row.put("queryid", statement.queryId());
            row.put("query", statement.text());
            row.put("first_seen", curve.from());
            row.put(
                    "fingerprint",
                    Sha256.hex(statement.text().replaceAll("\\s+", " ").strip()).substring(0, 24));
            rows.add(row);
        }
        return rows;
    }
}
