package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// The statements this package sends, by name; their text is in `sql/state/`.
final class StateSql {
    static final SqlName TITLES_MATCHING = SqlName.of("state/titles_matching");
    static final SqlName ALERT_ACKNOWLEDGE = SqlName.of("state/alert_acknowledge");
    static final SqlName ALERT_REPAIRED = SqlName.of("state/alert_repaired");
    static final SqlName ALERT_ACTIVE = SqlName.of("state/alert_active");
    static final SqlName ALERT_HISTORY = SqlName.of("state/alert_history");
    static final SqlName ALERT_INSERT = SqlName.of("state/alert_insert");
    static final SqlName ALERT_MUTE = SqlName.of("state/alert_mute");
    static final SqlName ALERT_COUNTS = SqlName.of("state/alert_counts");
    static final SqlName ALERT_LIMIT_PUT = SqlName.of("state/alert_limit_put");
    static final SqlName ALERT_LIMIT_REMOVE = SqlName.of("state/alert_limit_remove");
    static final SqlName ALERT_LIMITS = SqlName.of("state/alert_limits");
    static final SqlName ALERT_MUTES = SqlName.of("state/alert_mutes");
    static final SqlName ALERT_MUTES_ALL = SqlName.of("state/alert_mutes_all");
    static final SqlName ALERT_RECOVERIES = SqlName.of("state/alert_recoveries");
    static final SqlName ALERT_UNMUTE = SqlName.of("state/alert_unmute");
    static final SqlName ALERT_UPDATE = SqlName.of("state/alert_update");
    static final SqlName CREATED_ADD = SqlName.of("state/created_add");
    static final SqlName CREATED_BY_PLAN = SqlName.of("state/created_by_plan");
    static final SqlName CREATED_FIND = SqlName.of("state/created_find");
    static final SqlName FINDING_CLOSE = SqlName.of("state/finding_close");
    static final SqlName FINDING_IGNORED = SqlName.of("state/finding_ignored");
    static final SqlName FINDING_IGNORE = SqlName.of("state/finding_ignore");
    static final SqlName FINDING_FIND = SqlName.of("state/finding_find");
    static final SqlName FINDING_OPEN = SqlName.of("state/finding_open");
    static final SqlName FINDING_GROUPS = SqlName.of("state/finding_groups");
    static final SqlName FINDING_PAGE = SqlName.of("state/finding_page");
    static final SqlName FINDING_RANKED = SqlName.of("state/finding_ranked");
    static final SqlName FINDING_SUMS = SqlName.of("state/finding_sums");
    static final SqlName FINDING_TABLES = SqlName.of("state/finding_tables");
    static final SqlName INDEX_SUMMARY = SqlName.of("state/index_summary");
    static final SqlName INDEX_SUMMARY_PUT = SqlName.of("state/index_summary_put");
    static final SqlName FINDING_REMEDIED = SqlName.of("state/finding_remedied");
    static final SqlName FINDING_PUT = SqlName.of("state/finding_put");
    static final SqlName FINDING_STATES = SqlName.of("state/finding_states");
    static final SqlName FINDING_TURN = SqlName.of("state/finding_turn");
    static final SqlName IDLE_INDEX_FORGET = SqlName.of("state/idle_index_forget");
    static final SqlName IDLE_INDEX_NOTE = SqlName.of("state/idle_index_note");
    static final SqlName IDLE_INDEXES = SqlName.of("state/idle_indexes");
    static final SqlName LEASE_RELEASE = SqlName.of("state/lease_release");
    static final SqlName LEASE_TRY = SqlName.of("state/lease_try");
    static final SqlName MIGRATION_TURN = SqlName.of("state/migration_turn");
    static final SqlName MIGRATION_VERSION = SqlName.of("state/migration_version");
    static final SqlName REPAIRS_SINCE = SqlName.of("state/repairs_since");
    static final SqlName STATE_SIZE = SqlName.of("state/state_size");
    static final SqlName NOW = SqlName.of("state/now");
    static final SqlName FLEET_VIEWS = SqlName.of("state/fleet_views");
    static final SqlName FLEET_VIEW_PUT = SqlName.of("state/fleet_view_put");
    static final SqlName FLEET_VIEW_FORGET = SqlName.of("state/fleet_view_forget");
    static final SqlName POSTPONED_VACUUM_ADD = SqlName.of("state/postponed_vacuum_add");
    static final SqlName POSTPONED_VACUUM_WITHDRAW = SqlName.of("state/postponed_vacuum_withdraw");
    static final SqlName POSTPONED_VACUUMS = SqlName.of("state/postponed_vacuums");
    static final SqlName POSTPONED_VACUUMS_DUE = SqlName.of("state/postponed_vacuums_due");
    static final SqlName PRUNE_ALERTS = SqlName.of("state/prune_alerts");
    static final SqlName PRUNE_ALERT_MUTES = SqlName.of("state/prune_alert_mutes");
    static final SqlName PRUNE_FINDINGS = SqlName.of("state/prune_findings");
    static final SqlName PRUNE_IDLE_INDEXES = SqlName.of("state/prune_idle_indexes");
    static final SqlName PRUNE_INDEX_SUMMARIES = SqlName.of("state/prune_index_summaries");
    static final SqlName PRUNE_JOB_RUNS = SqlName.of("state/prune_job_runs");
    static final SqlName PRUNE_PLANS = SqlName.of("state/prune_plans");
    static final SqlName PRUNE_REPORTS = SqlName.of("state/prune_reports");
    static final SqlName PRUNE_SETTINGS = SqlName.of("state/prune_settings");
    static final SqlName PRUNE_TOOL_RUNS = SqlName.of("state/prune_tool_runs");
    static final SqlName SETTING_GET = SqlName.of("state/setting_get");
    static final SqlName SETTING_PUT_NEWER = SqlName.of("state/setting_put_newer");
    static final SqlName SETTING_REMOVE = SqlName.of("state/setting_remove");
    static final SqlName SETTINGS_STARTING_WITH = SqlName.of("state/settings_starting_with");
    static final SqlName SETTING_PUT_FIRST = SqlName.of("state/setting_put_first");

    static final SqlName SETTING_PUT = SqlName.of("state/setting_put");

    static final SqlName SYNC_PAIR_PUT = SqlName.of("state/sync_pair_put");
    static final SqlName SYNC_PAIR_RESULT = SqlName.of("state/sync_pair_result");
    static final SqlName SYNC_PAIRS = SqlName.of("state/sync_pairs");

    private StateSql() {}
}
