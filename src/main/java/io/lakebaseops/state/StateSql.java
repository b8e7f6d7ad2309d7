package io.lakebaseops.state;

/// The statements this package sends, by name; their text is in `sql/state/`.
final class StateSql {
    static final NamedSql ALERT_ACKNOWLEDGE = NamedSql.of("state/alert_acknowledge");
    static final NamedSql ALERT_ACTIVE = NamedSql.of("state/alert_active");
    static final NamedSql ALERT_HISTORY = NamedSql.of("state/alert_history");
    static final NamedSql ALERT_INSERT = NamedSql.of("state/alert_insert");
    static final NamedSql ALERT_MUTE = NamedSql.of("state/alert_mute");
    static final NamedSql ALERT_MUTES = NamedSql.of("state/alert_mutes");
    static final NamedSql ALERT_RECOVERIES = NamedSql.of("state/alert_recoveries");
    static final NamedSql ALERT_UNMUTE = NamedSql.of("state/alert_unmute");
    static final NamedSql ALERT_UPDATE = NamedSql.of("state/alert_update");
    static final NamedSql CREATED_ADD = NamedSql.of("state/created_add");
    static final NamedSql CREATED_BY_PLAN = NamedSql.of("state/created_by_plan");
    static final NamedSql CREATED_FIND = NamedSql.of("state/created_find");
    static final NamedSql FINDING_CLOSE = NamedSql.of("state/finding_close");
    static final NamedSql FINDING_IGNORE = NamedSql.of("state/finding_ignore");
    static final NamedSql FINDING_OPEN = NamedSql.of("state/finding_open");
    static final NamedSql FINDING_GROUPS = NamedSql.of("state/finding_groups");
    static final NamedSql FINDING_PAGE = NamedSql.of("state/finding_page");
    static final NamedSql FINDING_REMEDIED = NamedSql.of("state/finding_remedied");
    static final NamedSql FINDING_PUT = NamedSql.of("state/finding_put");
    static final NamedSql FINDING_STATES = NamedSql.of("state/finding_states");
    static final NamedSql FINDING_TURN = NamedSql.of("state/finding_turn");
    static final NamedSql IDLE_INDEX_FORGET = NamedSql.of("state/idle_index_forget");
    static final NamedSql IDLE_INDEX_NOTE = NamedSql.of("state/idle_index_note");
    static final NamedSql IDLE_INDEXES = NamedSql.of("state/idle_indexes");
    static final NamedSql LEASE_RELEASE = NamedSql.of("state/lease_release");
    static final NamedSql LEASE_TRY = NamedSql.of("state/lease_try");
    static final NamedSql MIGRATION_TURN = NamedSql.of("state/migration_turn");
    static final NamedSql MIGRATION_VERSION = NamedSql.of("state/migration_version");
    static final NamedSql REPAIRS_SINCE = NamedSql.of("state/repairs_since");
    static final NamedSql NOW = NamedSql.of("state/now");
    static final NamedSql PRUNE_ALERTS = NamedSql.of("state/prune_alerts");
    static final NamedSql PRUNE_ALERT_MUTES = NamedSql.of("state/prune_alert_mutes");
    static final NamedSql PRUNE_FINDINGS = NamedSql.of("state/prune_findings");
    static final NamedSql PRUNE_IDLE_INDEXES = NamedSql.of("state/prune_idle_indexes");
    static final NamedSql PRUNE_JOB_RUNS = NamedSql.of("state/prune_job_runs");
    static final NamedSql PRUNE_PLANS = NamedSql.of("state/prune_plans");
    static final NamedSql PRUNE_REPORTS = NamedSql.of("state/prune_reports");
    static final NamedSql PRUNE_SETTINGS = NamedSql.of("state/prune_settings");
    static final NamedSql PRUNE_TOOL_RUNS = NamedSql.of("state/prune_tool_runs");
    static final NamedSql SETTING_GET = NamedSql.of("state/setting_get");
    static final NamedSql SETTING_PUT_NEWER = NamedSql.of("state/setting_put_newer");
    static final NamedSql SETTINGS_STARTING_WITH = NamedSql.of("state/settings_starting_with");
    static final NamedSql SETTING_PUT_FIRST = NamedSql.of("state/setting_put_first");

    static final NamedSql SETTING_PUT = NamedSql.of("state/setting_put");

    private StateSql() {}
}
