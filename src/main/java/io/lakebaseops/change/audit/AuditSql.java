package io.lakebaseops.change.audit;

import io.lakebaseops.state.NamedSql;

/// The statements of the audit chain, by name; their text is in `sql/audit/`.
final class AuditSql {
    static final NamedSql APPEND = NamedSql.of("audit/append");
    static final NamedSql DECISION_ROWS = NamedSql.of("audit/decision_rows");
    static final NamedSql ENTRY_TIME = NamedSql.of("audit/entry_time");
    static final NamedSql EXTENT = NamedSql.of("audit/extent");
    static final NamedSql HEAD = NamedSql.of("audit/head");
    static final NamedSql HASHES = NamedSql.of("audit/hashes");
    static final NamedSql MOVE_HEAD = NamedSql.of("audit/move_head");
    static final NamedSql NEWEST = NamedSql.of("audit/newest");
    static final NamedSql NEWEST_SHORTENED = NamedSql.of("audit/newest_shortened");
    static final NamedSql OF_KIND = NamedSql.of("audit/of_kind");
    static final NamedSql OF_PLANS = NamedSql.of("audit/of_plans");
    static final NamedSql OLD = NamedSql.of("audit/old");
    static final NamedSql PAGE = NamedSql.of("audit/page");
    static final NamedSql PLAN_IDS = NamedSql.of("audit/plan_ids");
    static final NamedSql PLAN_LOST = NamedSql.of("audit/plan_lost");
    static final NamedSql PLAN_ROWS = NamedSql.of("audit/plan_rows");
    static final NamedSql RECEIPT_ROWS = NamedSql.of("audit/receipt_rows");
    static final NamedSql REMOVE_OLD = NamedSql.of("audit/remove_old");
    static final NamedSql TURN = NamedSql.of("audit/turn");

    static final NamedSql OF_PLAN = NamedSql.of("audit/of_plan");

    private AuditSql() {}
}
