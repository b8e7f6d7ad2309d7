package io.lakebaseops.change.approval;

import io.lakebaseops.state.NamedSql;

/// The statements of the gate, by name; their text is in `sql/change/`.
final class ChangeSql {
    static final NamedSql DAY_BY_TOOL = NamedSql.of("change/day_by_tool");
    static final NamedSql DAY_FIGURES = NamedSql.of("change/day_figures");
    static final NamedSql DECISION_INSERT = NamedSql.of("change/decision_insert");
    static final NamedSql FINDINGS_IGNORED = NamedSql.of("change/findings_ignored");
    static final NamedSql FINDING_STANDING = NamedSql.of("change/finding_standing");
    static final NamedSql PLANS_HELD_BACK = NamedSql.of("change/plans_held_back");
    static final NamedSql PLAN_BY_PREFIX = NamedSql.of("change/plan_by_prefix");
    static final NamedSql PLAN_CLOSE = NamedSql.of("change/plan_close");
    static final NamedSql PLAN_DECIDE = NamedSql.of("change/plan_decide");
    static final NamedSql PLAN_FIND = NamedSql.of("change/plan_find");
    static final NamedSql PLAN_FORM = NamedSql.of("change/plan_form");
    static final NamedSql PLAN_HELD = NamedSql.of("change/plan_held");
    static final NamedSql PLAN_HISTORY = NamedSql.of("change/plan_history");
    static final NamedSql PLANS_INSERT = NamedSql.of("change/plans_insert");
    static final NamedSql PLAN_IS_OVERDUE = NamedSql.of("change/plan_is_overdue");
    static final NamedSql PLAN_LOCK = NamedSql.of("change/plan_lock");
    static final NamedSql PLAN_OVERDUE = NamedSql.of("change/plan_overdue");
    static final NamedSql PLAN_RAISE = NamedSql.of("change/plan_raise");
    static final NamedSql PLAN_REJECT = NamedSql.of("change/plan_reject");
    static final NamedSql PLAN_RIVALS = NamedSql.of("change/plan_rivals");
    static final NamedSql PLAN_RUNNING = NamedSql.of("change/plan_running");
    static final NamedSql PLAN_SAME = NamedSql.of("change/plan_same");
    static final NamedSql PLAN_SUPERSEDE = NamedSql.of("change/plan_supersede");
    static final NamedSql PLAN_UNDONE = NamedSql.of("change/plan_undone");
    static final NamedSql PLAN_UNMEASURED = NamedSql.of("change/plan_unmeasured");
    static final NamedSql PLAN_VERIFY = NamedSql.of("change/plan_verify");
    static final NamedSql PLAN_WAITING = NamedSql.of("change/plan_waiting");

    static final NamedSql PLAN_WAITING_ON = NamedSql.of("change/plan_waiting_on");
    static final NamedSql PLAN_WAITING_TARGETS = NamedSql.of("change/plan_waiting_targets");

    private ChangeSql() {}
}
