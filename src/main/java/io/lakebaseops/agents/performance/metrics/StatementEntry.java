package io.lakebaseops.agents.performance.metrics;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The counters of one statement. Columns of pg_stat_statements in three groups: counts and times,
/// which only grow, and figures that are kept as read.
///
/// @param sums [#COUNTS] then [#TIMES], in order
/// @param asRead [#AS_READ], in order
record StatementEntry(
        Key key,
        Instant statsSince,
        double[] sums,
        double[] asRead,
        @Nullable Instant minmaxSince) {
    record Key(long dbid, long userid, long queryid, boolean toplevel) {}

    static final List<String> COUNTS =
            List.of(
                    "plans",
                    "calls",
                    "rows",
                    "shared_blks_hit",
                    "shared_blks_read",
                    "shared_blks_dirtied",
                    "shared_blks_written",
                    "local_blks_hit",
                    "local_blks_read",
                    "local_blks_dirtied",
                    "local_blks_written",
                    "temp_blks_read",
                    "temp_blks_written",
                    "wal_records",
                    "wal_fpi",
                    "wal_bytes",
                    "jit_functions",
                    "jit_inlining_count",
                    "jit_optimization_count",
                    "jit_emission_count",
                    "jit_deform_count");
    static final List<String> TIMES =
            List.of(
                    "total_plan_time",
                    "total_exec_time",
                    "shared_blk_read_time",
                    "shared_blk_write_time",
                    "local_blk_read_time",
                    "local_blk_write_time",
                    "temp_blk_read_time",
                    "temp_blk_write_time",
                    "jit_generation_time",
                    "jit_inlining_time",
                    "jit_optimization_time",
                    "jit_emission_time",
                    "jit_deform_time");
    static final List<String> AS_READ =
            List.of(
                    "min_plan_time",
                    "max_plan_time",
                    "mean_plan_time",
                    "stddev_plan_time",
                    "min_exec_time",
                    "max_exec_time",
                    "mean_exec_time",
                    "stddev_exec_time");
    static final int SUMS = COUNTS.size() + TIMES.size();

    private static final int CALLS = COUNTS.indexOf("calls");
    private static final int PLANS = COUNTS.indexOf("plans");
    private static final int EXEC_TIME = COUNTS.size() + TIMES.indexOf("total_exec_time");

    /// A row of `metrics/statement_counters`; null when the login may not see whose it is.
    static @Nullable StatementEntry of(Map<String, @Nullable Object> row) {
        if (!(row.get("queryid") instanceof Number queryid)
                || !(row.get("stats_since") instanceof Instant since)) {
            return null;
        }
        var sums = new double[SUMS];
        for (int i = 0; i < SUMS; i++) {
            sums[i] = number(row, i < COUNTS.size() ? COUNTS.get(i) : TIMES.get(i - COUNTS.size()));
        }
        var asRead = new double[AS_READ.size()];
        for (int i = 0; i < asRead.length; i++) {
            asRead[i] = number(row, AS_READ.get(i));
        }
        var key =
                new Key(
                        (long) number(row, "dbid"),
                        (long) number(row, "userid"),
                        queryid.longValue(),
                        Boolean.TRUE.equals(row.get("toplevel")));
        var minmax = row.get("minmax_stats_since") instanceof Instant m ? m : null;
        return new StatementEntry(key, since, sums, asRead, minmax);
    }

    /// Ran or was planned at all.
    boolean active() {
        return sums[CALLS] > 0 || sums[PLANS] > 0;
    }

    double execTime() {
        return sums[EXEC_TIME];
    }

    /// ms a call; 0 when none ended.
    double meanExecTime() {
        return sums[CALLS] > 0 ? sums[EXEC_TIME] / sums[CALLS] : 0;
    }

    private static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.doubleValue() : 0;
    }
}
