package io.lakebaseops.lakehouse;

/// The queries over the history that ship with the product. One constant per file of
/// `sql/lakehouse`; the file's header says which values it needs.
public final class HistoryQueries {
    public static final LakeQuery METRIC_VALUES = LakeQuery.load("lakehouse/metric_values");
    public static final LakeQuery METRIC_POINTS = LakeQuery.load("lakehouse/metric_points");
    /// What did every server measure last, and how busy was each?
    public static final LakeQuery FLEET_METRICS = LakeQuery.load("lakehouse/fleet_metrics");

    /// Who made each branch of every project?
    public static final LakeQuery FLEET_OWNERS = LakeQuery.load("lakehouse/fleet_owners");

    public static final LakeQuery ALERTS_GENERATED = LakeQuery.load("lakehouse/alerts_generated");
    public static final LakeQuery ARCHIVALS_GENERATED =
            LakeQuery.load("lakehouse/archivals_generated");

    public static final LakeQuery AUDIT_HEADS = LakeQuery.load("lakehouse/audit_heads");

    public static final LakeQuery STATEMENT_TOTALS = LakeQuery.load("lakehouse/statement_totals");
    public static final LakeQuery STATEMENT_TRENDS = LakeQuery.load("lakehouse/statement_trends");
    public static final LakeQuery STATEMENT_TEXTS = LakeQuery.load("lakehouse/statement_texts");

    public static final LakeQuery WAIT_LOAD = LakeQuery.load("lakehouse/wait_load");
    public static final LakeQuery WAIT_SHARES = LakeQuery.load("lakehouse/wait_shares");
    public static final LakeQuery FIRST_MEASURED = LakeQuery.load("lakehouse/first_measured");
    public static final LakeQuery HISTORY_GAPS = LakeQuery.load("lakehouse/history_gaps");

    public static final LakeQuery STATEMENT_PLANS = LakeQuery.load("lakehouse/statement_plans");
    public static final LakeQuery PLAN_CHANGES = LakeQuery.load("lakehouse/plan_changes");
    public static final LakeQuery VACUUM_STORED = LakeQuery.load("lakehouse/vacuum_stored");
    /// Which vacuums of one table are stored?
    public static final LakeQuery VACUUMS_OF_TABLE = LakeQuery.load("lakehouse/vacuums_of_table");

    public static final LakeQuery BRANCH_EVENT_STORED =
            LakeQuery.load("lakehouse/branch_event_stored");

    /// What is written down last of each branch of a project?
    public static final LakeQuery BRANCH_LIVES = LakeQuery.load("lakehouse/branch_lives");

    /// What happened to the branches of a project?
    public static final LakeQuery BRANCH_EVENTS = LakeQuery.load("lakehouse/branch_events");

    /// How far was each synced table behind?
    public static final LakeQuery SYNC_LAG = LakeQuery.load("lakehouse/sync_lag");
    public static final LakeQuery COST_ROUNDS = LakeQuery.load("lakehouse/cost_rounds");
    public static final LakeQuery COST_STATEMENT_TIME =
            LakeQuery.load("lakehouse/cost_statement_time");
    public static final LakeQuery COST_APPLICATION_TIME =
            LakeQuery.load("lakehouse/cost_application_time");
    public static final LakeQuery COST_DAYS = LakeQuery.load("lakehouse/cost_days");

    public static final LakeQuery COST_COMPUTES = LakeQuery.load("lakehouse/cost_computes");
    /// When did statements run on each branch of a project?
    public static final LakeQuery ACTIVITY_SPANS = LakeQuery.load("lakehouse/activity_spans");

    /// What did each part of a project's bill cost on each day?
    public static final LakeQuery COST_PARTS = LakeQuery.load("lakehouse/cost_parts");
    public static final LakeQuery CAPACITY_LAST = LakeQuery.load("lakehouse/capacity_last");
    public static final LakeQuery METRIC_DAYS = LakeQuery.load("lakehouse/metric_days");

    public static final LakeQuery INDEX_USAGE_LAST = LakeQuery.load("lakehouse/index_usage_last");

    /// Since when was each index of a database not scanned?
    public static final LakeQuery INDEX_IDLE = LakeQuery.load("lakehouse/index_idle");

    public static final LakeQuery INDEX_USAGE_DAYS = LakeQuery.load("lakehouse/index_usage_days");

    private HistoryQueries() {}
}
