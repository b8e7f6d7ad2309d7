package io.lakebaseops.change;

import io.lakebaseops.postgres.SqlName;

/// The statements of the gate, by name; their text is in `sql/change/`.
final class ChangeSql {
    static final SqlName DAY_BY_TOOL = SqlName.of("change/day_by_tool");
    static final SqlName DAY_FIGURES = SqlName.of("change/day_figures");
    static final SqlName DECISION_INSERT = SqlName.of("change/decision_insert");
    static final SqlName INDEX_STATE = SqlName.of("change/index_state");
    static final SqlName PLAN_CLOSE = SqlName.of("change/plan_close");
    static final SqlName PLAN_DECIDE = SqlName.of("change/plan_decide");
    static final SqlName PLAN_FIND = SqlName.of("change/plan_find");
    static final SqlName PLAN_HISTORY = SqlName.of("change/plan_history");
    static final SqlName PLAN_INSERT = SqlName.of("change/plan_insert");
    static final SqlName PLAN_LOCK = SqlName.of("change/plan_lock");
    static final SqlName PLAN_OVERDUE = SqlName.of("change/plan_overdue");
    static final SqlName PLAN_RIVALS = SqlName.of("change/plan_rivals");
    static final SqlName PLAN_RUNNING = SqlName.of("change/plan_running");
    static final SqlName PLAN_SAME = SqlName.of("change/plan_same");
    static final SqlName PLAN_SUPERSEDE = SqlName.of("change/plan_supersede");
    static final SqlName PLAN_UNDOING = SqlName.of("change/plan_undoing");
    static final SqlName PLAN_UNMEASURED = SqlName.of("change/plan_unmeasured");
    static final SqlName PLAN_VERIFY = SqlName.of("change/plan_verify");
    static final SqlName PLAN_WAITING = SqlName.of("change/plan_waiting");
    static final SqlName RECEIPT_END = SqlName.of("change/receipt_end");
    static final SqlName RECEIPT_START = SqlName.of("change/receipt_start");
    static final SqlName RECEIPTS = SqlName.of("change/receipts");

    private ChangeSql() {}
}
