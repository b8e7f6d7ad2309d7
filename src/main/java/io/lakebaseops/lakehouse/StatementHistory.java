package io.lakebaseops.lakehouse;

import static io.lakebaseops.lakehouse.ColumnDef.count;
import static io.lakebaseops.lakehouse.ColumnDef.flag;
import static io.lakebaseops.lakehouse.ColumnDef.moment;
import static io.lakebaseops.lakehouse.ColumnDef.real;
import static io.lakebaseops.lakehouse.ColumnDef.text;

import java.util.List;

/// The history table of statement statistics. `pg_stat_statements` of PostgreSQL 17 (manual F.30)
/// as differences; the statement's text is in `query_text`.
final class StatementHistory {
    static final TableDef TABLE =
            new TableDef(
                    TableName.ops("pg_stat_history"),
                    "One row per statement and interval in which it ran",
                    CommonColumns.byDay(own()),
                    List.of(TableDef.DATE, CommonColumns.BRANCH_ID),
                    OpsTables.HISTORY_DAYS);

    private StatementHistory() {}

    private static List<ColumnDef> own() {
        return List.of(
                real("interval_seconds", "length of the interval, s").required(),
                count("dbid", "OID of the database").required(),
                text("datname", "name of the database"),
                count("userid", "OID of the role").required(),
                text("rolname", "name of the role"),
                count("queryid", "hash of the normalised statement, signed").required(),
                flag("toplevel", "false: run inside a function").required(),
                count("plans", "times planned"),
                real("total_plan_time", "ms"),
                real("min_plan_time", "ms, since minmax_stats_since"),
                real("max_plan_time", "ms, since minmax_stats_since"),
                real("mean_plan_time", "ms, since stats_since"),
                real("stddev_plan_time", "ms, since stats_since"),
                count("calls", "times executed").required(),
                real("total_exec_time", "ms").required(),
                real("min_exec_time", "ms, since minmax_stats_since"),
                real("max_exec_time", "ms, since minmax_stats_since"),
                real("mean_exec_time", "ms, since stats_since"),
                real("stddev_exec_time", "ms, since stats_since"),
                count("rows", "rows returned or affected"),
                count("shared_blks_hit", "blocks"),
                count("shared_blks_read", "blocks"),
                count("shared_blks_dirtied", "blocks"),
                count("shared_blks_written", "blocks"),
                count("local_blks_hit", "blocks"),
                count("local_blks_read", "blocks"),
                count("local_blks_dirtied", "blocks"),
                count("local_blks_written", "blocks"),
                count("temp_blks_read", "blocks"),
                count("temp_blks_written", "blocks"),
                real("shared_blk_read_time", "ms, needs track_io_timing"),
                real("shared_blk_write_time", "ms, needs track_io_timing"),
                real("local_blk_read_time", "ms, needs track_io_timing"),
                real("local_blk_write_time", "ms, needs track_io_timing"),
                real("temp_blk_read_time", "ms, needs track_io_timing"),
                real("temp_blk_write_time", "ms, needs track_io_timing"),
                count("wal_records", "records"),
                count("wal_fpi", "full page images"),
                count("wal_bytes", "bytes"),
                count("jit_functions", "functions compiled"),
                real("jit_generation_time", "ms"),
                count("jit_inlining_count", "times inlined"),
                real("jit_inlining_time", "ms"),
                count("jit_optimization_count", "times optimised"),
                real("jit_optimization_time", "ms"),
                count("jit_emission_count", "times code was emitted"),
                real("jit_emission_time", "ms"),
                count("jit_deform_count", "tuple deforming functions compiled"),
                real("jit_deform_time", "ms"),
                moment("stats_since", "start of the statement's statistics"),
                moment("minmax_stats_since", "start of its minima and maxima"),
                flag("reset_detected", "true: counters began anew inside the interval").required());
    }
}
