package io.lakebaseops.change.audit;

import io.lakebaseops.postgres.SqlName;

/// The statements of the audit chain, by name; their text is in `sql/audit/`.
final class AuditSql {
    static final SqlName APPEND = SqlName.of("audit/append");
    static final SqlName DECISION_ROWS = SqlName.of("audit/decision_rows");
    static final SqlName ENTRY_TIME = SqlName.of("audit/entry_time");
    static final SqlName EXTENT = SqlName.of("audit/extent");
    static final SqlName HEAD = SqlName.of("audit/head");
    static final SqlName HASHES = SqlName.of("audit/hashes");
    static final SqlName MOVE_HEAD = SqlName.of("audit/move_head");
    static final SqlName NEWEST = SqlName.of("audit/newest");
    static final SqlName NEWEST_SHORTENED = SqlName.of("audit/newest_shortened");
    static final SqlName OF_KIND = SqlName.of("audit/of_kind");
    static final SqlName OF_PLANS = SqlName.of("audit/of_plans");
    static final SqlName OLD = SqlName.of("audit/old");
    static final SqlName PAGE = SqlName.of("audit/page");
    static final SqlName PLAN_IDS = SqlName.of("audit/plan_ids");
    static final SqlName PLAN_LOST = SqlName.of("audit/plan_lost");
    static final SqlName PLAN_ROWS = SqlName.of("audit/plan_rows");
    static final SqlName RECEIPT_ROWS = SqlName.of("audit/receipt_rows");
    static final SqlName REMOVE_OLD = SqlName.of("audit/remove_old");
    static final SqlName SETTING_CHANGE_COUNT = SqlName.of("audit/setting_change_count");
    static final SqlName SETTING_CHANGES = SqlName.of("audit/setting_changes");
    static final SqlName TURN = SqlName.of("audit/turn");

    static final SqlName OF_PLAN = SqlName.of("audit/of_plan");

    private AuditSql() {}
}
