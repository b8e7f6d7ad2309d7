package io.lakebaseops.lakehouse;

import static io.lakebaseops.lakehouse.ColumnDef.count;
import static io.lakebaseops.lakehouse.ColumnDef.flag;
import static io.lakebaseops.lakehouse.ColumnDef.moment;
import static io.lakebaseops.lakehouse.ColumnDef.real;
import static io.lakebaseops.lakehouse.ColumnDef.text;
import static io.lakebaseops.lakehouse.CommonColumns.daily;
import static io.lakebaseops.lakehouse.CommonColumns.whole;

import java.util.List;

/// The tables of the operations history with their columns, units and retention.
public final class OpsTables {
    /// Ninety days: a quarter, so that a month can be compared with the two before it.
    public static final int HISTORY_DAYS = 90;

    /// What was done to a database is kept for a year, the usual span of an audit.
    public static final int AUDIT_DAYS = 365;

    public static final TableDef PG_STAT_HISTORY = StatementHistory.TABLE;

    // A text is written again when its last row gets old, so retention never takes one in use.
    public static final TableDef QUERY_TEXT =
            whole(
                    "query_text",
                    "Normalised, masked text of every statement seen",
                    HISTORY_DAYS,
                    count("queryid", "as in pg_stat_history").required(),
                    text("query", "normalised, literals masked").required(),
                    moment("first_seen", "first interval it ran in"),
                    text("fingerprint", "hash that survives a server upgrade, unlike queryid"));

    public static final TableDef LAKEBASE_METRICS =
            daily(
                    "lakebase_metrics",
                    "One row per metric and observation",
                    HISTORY_DAYS,
                    text("metric_name", "see MetricName").required(),
                    real("metric_value", "in the unit beside it; null: no traffic"),
                    text("unit", "unit of the value").required(),
                    text("threshold_level", "ok, warning, critical or no_traffic"),
                    text("subject", "table, session or slot it is about; null: the database"));

    public static final TableDef INDEX_RECOMMENDATIONS =
            whole(
                    "index_recommendations",
                    "Index advice and what became of it, one row per change of status",
                    HISTORY_DAYS,
                    text("recommendation_id", "stays the same over status changes").required(),
                    text("schema_name", "schema of the table").required(),
                    text("table_name", "table").required(),
                    text("index_name", "index; null: one to be created"),
                    text(
                                    "recommendation_type",
                                    "drop_unused, reindex_bloated, create_missing, drop_duplicate,"
                                            + " create_fk_index or rebuild_invalid")
                            .required(),
                    text("suggested_columns", "JSON array, in index order"),
                    real("confidence", "0 to 1"),
                    text("estimated_impact", "what is expected to change, with figures"),
                    text("ddl_statement", "exactly what would run"),
                    text("status", "pending_review, approved, executed, rejected or superseded")
                            .required(),
                    text("reviewed_by", "who decided"),
                    moment("reviewed_at", "when"));

    public static final TableDef VACUUM_HISTORY =
            whole(
                    "vacuum_history",
                    "One row per maintenance operation carried out",
                    HISTORY_DAYS,
                    text("operation_id", "unique").required(),
                    text("schema_name", "schema").required(),
                    text("table_name", "table").required(),
                    text("operation_type", "vacuum, vacuum_analyze, vacuum_freeze or analyze")
                            .required(),
                    count("dead_tuples_before", "tuples"),
                    count("dead_tuples_after", "tuples"),
                    count("bytes_before", "bytes, table with indexes and TOAST"),
                    count("bytes_after", "bytes, table with indexes and TOAST"),
                    real("duration_seconds", "s"),
                    text("status", "succeeded, failed or cancelled").required());

    public static final TableDef SYNC_VALIDATION_HISTORY =
            daily(
                    "sync_validation_history",
                    "One row per comparison of a table with its synced copy",
                    HISTORY_DAYS,
                    text("validation_id", "unique").required(),
                    text("source_table", "qualified name").required(),
                    text("target_table", "qualified name").required(),
                    count("source_count", "rows"),
                    count("target_count", "rows"),
                    count("count_drift", "rows, source minus target"),
                    moment("source_max_timestamp", "latest change on the source side"),
                    moment("target_max_timestamp", "latest change on the target side"),
                    real("freshness_lag_seconds", "s"),
                    flag("checksum_match", "null: not compared"),
                    text("differing_keys", "JSON array of key, class; cut off when long"),
                    text("status", "in_sync, drift, stale or failed").required());

    public static final TableDef BRANCH_LIFECYCLE =
            whole(
                    "branch_lifecycle",
                    "One row per event in a branch's life",
                    HISTORY_DAYS,
                    text(
                                    "event_type",
                                    "created, deleted, protected, unprotected, reset, expired or"
                                            + " extended")
                            .required(),
                    text("source_branch", "parent"),
                    count("ttl_seconds", "s; null: no end"),
                    flag("is_protected", "after the event"),
                    text("actor", "who"),
                    text("actor_kind", "human, agent, ci or platform"),
                    text("reason", "why"));

    public static final TableDef DATA_ARCHIVAL_HISTORY =
            whole(
                    "data_archival_history",
                    "One row per archival run",
                    HISTORY_DAYS,
                    text("archival_id", "unique").required(),
                    text("source_table", "qualified name").required(),
                    text("archive_table", "Delta table").required(),
                    count("rows_archived", "rows"),
                    count("bytes_reclaimed", "bytes"),
                    count("cold_threshold_days", "days without access or change"),
                    text("checksum", "over the archived rows"),
                    text("status", "succeeded, failed, undone or restored").required());

    public static final TableDef ALERT_HISTORY = ActivityTables.ALERT_HISTORY;
    public static final TableDef ACTION_AUDIT = ActivityTables.ACTION_AUDIT;
    public static final TableDef AUDIT_HEADS = ActivityTables.AUDIT_HEADS;
    public static final TableDef JOB_RUNS = ActivityTables.JOB_RUNS;
    public static final TableDef COST_ATTRIBUTION = ActivityTables.COST_ATTRIBUTION;
    public static final TableDef CAPACITY_FORECAST = ActivityTables.CAPACITY_FORECAST;
    public static final TableDef PLAN_HISTORY = ActivityTables.PLAN_HISTORY;
    public static final TableDef WAIT_SAMPLES = ActivityTables.WAIT_SAMPLES;

    public static final TableDef INDEX_USAGE_HISTORY = IndexUsageTable.TABLE;

    /// Every table, in the order they are created and reported.
    public static final List<TableDef> ALL =
            List.of(
                    PG_STAT_HISTORY,
                    QUERY_TEXT,
                    LAKEBASE_METRICS,
                    INDEX_RECOMMENDATIONS,
                    VACUUM_HISTORY,
                    SYNC_VALIDATION_HISTORY,
                    BRANCH_LIFECYCLE,
                    DATA_ARCHIVAL_HISTORY,
                    ALERT_HISTORY,
                    ACTION_AUDIT,
                    AUDIT_HEADS,
                    JOB_RUNS,
                    COST_ATTRIBUTION,
                    CAPACITY_FORECAST,
                    PLAN_HISTORY,
                    WAIT_SAMPLES,
                    INDEX_USAGE_HISTORY,
                    StatementRollup.HOURLY_TABLE,
                    StatementRollup.DAILY_TABLE);

    private OpsTables() {}
}
