package io.lakebaseops.lakehouse;

import static io.lakebaseops.lakehouse.ColumnDef.count;
import static io.lakebaseops.lakehouse.ColumnDef.exact;
import static io.lakebaseops.lakehouse.ColumnDef.flag;
import static io.lakebaseops.lakehouse.ColumnDef.moment;
import static io.lakebaseops.lakehouse.ColumnDef.real;
import static io.lakebaseops.lakehouse.ColumnDef.text;
import static io.lakebaseops.lakehouse.CommonColumns.daily;
import static io.lakebaseops.lakehouse.OpsTables.AUDIT_DAYS;
import static io.lakebaseops.lakehouse.OpsTables.HISTORY_DAYS;

/// History tables of events, acts, costs and forecasts. The tables split by day.
final class ActivityTables {
    static final TableDef ALERT_HISTORY =
            daily(
                    "alert_history",
                    "One row per change of an alert's level",
                    HISTORY_DAYS,
                    text("alert_id", "stays the same from raised to resolved").required(),
                    text("metric_name", "see MetricName").required(),
                    text("subject", "what it is about; null: the database"),
                    text("level", "ok, warning or critical").required(),
                    text("previous_level", "before the change"),
                    real("metric_value", "that caused the change"),
                    real("threshold", "that was crossed"),
                    text("message", "as shown and sent"),
                    text("sop_action", "what was started, if anything"),
                    text("acknowledged_by", "who"));

    static final TableDef ACTION_AUDIT =
            daily(
                    "action_audit",
                    "Copy of the audit chain: one row per intent and per receipt",
                    AUDIT_DAYS,
                    count("entry_number", "position in the chain").required(),
                    text("entry_kind", "intent, receipt, decision, verification or undo")
                            .required(),
                    text("plan_id", "change plan"),
                    text("plan_fingerprint", "SHA-256 of target and steps"),
                    text("actor", "who").required(),
                    text("actor_kind", "human, agent, ci or platform"),
                    text("action", "what").required(),
                    text("risk_level", "low, medium or high"),
                    text("outcome", "of a receipt"),
                    text("detail", "JSON, secrets masked"),
                    text("previous_hash", "of the entry before"),
                    text("entry_hash", "of this entry").required());

    static final TableDef AUDIT_HEADS =
            CommonColumns.whole(
                    "audit_heads",
                    "Ends of the audit chain as they were seen, to compare it with later",
                    AUDIT_DAYS,
                    text("state_database", "whose chain").required(),
                    count("entry_number", "position in the chain").required(),
                    text("entry_hash", "of this entry").required());

    static final TableDef JOB_RUNS =
            daily(
                    "job_runs",
                    "One row per finished, failed or skipped run of a job",
                    HISTORY_DAYS,
                    text("job_name", "for instance metric-collector").required(),
                    text("tool_name", "tool inside the job; null: the job as a whole"),
                    text("trigger", "schedule, manual or event"),
                    moment("started_at", "UTC"),
                    moment("finished_at", "UTC"),
                    real("duration_seconds", "s"),
                    text("status", "succeeded, failed, cancelled or skipped").required(),
                    text("message", "reason of a failure or a skip"),
                    count("rows_written", "rows"));

    static final TableDef COST_ATTRIBUTION =
            daily(
                    "cost_attribution",
                    "One row per share of a day's bill; the newest recorded_at of a day counts",
                    HISTORY_DAYS,
                    text("usage_date", "billed day, ISO 8601").required(),
                    text("product", "LAKEBASE or DATABASE"),
                    text("sku_name", "as billed"),
                    text("usage_type", "COMPUTE_TIME, STORAGE_SPACE, …"),
                    text("storage_type", "as billed; null for what is no storage"),
                    text("endpoint_id", "compute, its uid"),
                    text(
                                    "share_kind",
                                    "endpoint: a line of the bill; role, application, query: the"
                                            + " same bill divided by them")
                            .required(),
                    text("share_key", "which role, application or query; (idle) and the like"),
                    exact("usage_quantity", "in usage_unit"),
                    text("usage_unit", "DBU, DSU, …"),
                    exact("unit_price", "in currency; null: no price is known"),
                    text("price_origin", "negotiated or list"),
                    exact("cost", "in currency; null: no price is known"),
                    text("currency", "ISO 4217"),
                    moment("data_watermark", "billing data complete until"));

    static final TableDef CAPACITY_FORECAST =
            daily(
                    "capacity_forecast",
                    "One row per forecast point",
                    HISTORY_DAYS,
                    text("resource", "storage, connections, compute or transaction_ids").required(),
                    moment("forecast_for", "the future moment").required(),
                    real("predicted", "in unit"),
                    real("lower_bound", "in unit"),
                    real("upper_bound", "in unit"),
                    real("confidence_level", "of the interval, 0 to 1"),
                    text("unit", "unit"),
                    text("method", "how it was computed"),
                    real("backtest_error", "mean absolute percentage error, 0 to 1"),
                    real("capacity_limit", "in unit"),
                    moment("limit_reached_at", "null: not within the horizon"));

    static final TableDef PLAN_HISTORY =
            daily(
                    "plan_history",
                    "One row per execution plan seen for a statement",
                    HISTORY_DAYS,
                    count("queryid", "as in pg_stat_history").required(),
                    text("plan_fingerprint", "hash of the plan's shape").required(),
                    text("plan", "JSON, literals masked"),
                    real("total_cost", "planner units"),
                    real("plan_rows", "rows expected"),
                    real("mean_exec_time", "ms while the plan was in use"),
                    flag("plan_changed", "another plan was in use before"),
                    text("captured_by", "auto_explain, generic_plan, explain or analyze"));

    static final TableDef WAIT_SAMPLES =
            daily(
                    "wait_samples",
                    "What sessions waited for, counted over one interval of sampling",
                    HISTORY_DAYS,
                    text("wait_event_type", "CPU when a backend was not waiting").required(),
                    text("wait_event", "see pg_wait_events"),
                    text("backend_type", "client backend, autovacuum worker, …"),
                    text("datname", "database"),
                    text("rolname", "role"),
                    text("application_name", "as set by the client"),
                    count("queryid", "statement, when known"),
                    count("samples", "times seen").required(),
                    real("interval_seconds", "length of the interval, s"),
                    real("sample_period_seconds", "time between samples, s"));

    private ActivityTables() {}
}
