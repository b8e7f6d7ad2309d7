package io.lakebaseops.agents.performance.metrics;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// One statement's interval as a row of `pg_stat_history`. All columns of pg_stat_statements but
/// the text.
final class StatementRow {
    private StatementRow() {}

    static void fill(
            Map<String, @Nullable Object> row,
            StatementDeltas.Change change,
            Map<Long, String> databases,
            Map<Long, String> roles) {
        var entry = change.delta();
        row.put("interval_seconds", change.intervalSeconds());
        row.put("dbid", entry.key().dbid());
        row.put("datname", databases.get(entry.key().dbid()));
        row.put("userid", entry.key().userid());
        row.put("rolname", roles.get(entry.key().userid()));
        row.put("queryid", entry.key().queryid());
        row.put("toplevel", entry.key().toplevel());
        int counts = StatementEntry.COUNTS.size();
        for (int i = 0; i < counts; i++) {
            row.put(StatementEntry.COUNTS.get(i), Math.round(entry.sums()[i]));
        }
        for (int i = 0; i < StatementEntry.TIMES.size(); i++) {
            row.put(StatementEntry.TIMES.get(i), entry.sums()[counts + i]);
        }
        for (int i = 0; i < StatementEntry.AS_READ.size(); i++) {
            row.put(StatementEntry.AS_READ.get(i), entry.asRead()[i]);
        }
        row.put("stats_since", entry.statsSince());
        row.put("minmax_stats_since", entry.minmaxSince());
        row.put("reset_detected", change.reset());
    }
}
