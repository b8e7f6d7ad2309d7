package io.lakebaseops.change.approval;

import io.lakebaseops.postgres.SqlName;

/// The statements of the gate, by name; their text is in `sql/change/`.
final class ChangeSql {
    static final SqlName DECISION_INSERT = SqlName.of("change/decision_insert");
    static final SqlName FINDINGS_IGNORED = SqlName.of("change/findings_ignored");
    static final SqlName FINDING_ASK_AGAIN = SqlName.of("change/finding_ask_again");
    static final SqlName FINDING_STANDING = SqlName.of("change/finding_standing");
    static final SqlName PLANS_HELD_BACK = SqlName.of("change/plans_held_back");
    static final SqlName FINDING_HOLD_AGAIN = SqlName.of("change/finding_hold_again");
    static final SqlName PLAN_HOLD_AGAIN = SqlName.of("change/plan_hold_again");
    static final SqlName PLAN_ASK_AGAIN = SqlName.of("change/plan_ask_again");
    static final SqlName PLAN_BY_PREFIX = SqlName.of("change/plan_by_prefix");
    static final SqlName PLAN_CLOSE = SqlName.of("change/plan_close");
    static final SqlName PLAN_DECIDE = SqlName.of("change/plan_decide");
    static final SqlName PLAN_FIND = SqlName.of("change/plan_find");
    static final SqlName PLAN_FORM = SqlName.of("change/plan_form");
    static final SqlName PLAN_HELD = SqlName.of("change/plan_held");
    static final SqlName TRUST = SqlName.of("change/trust");
    static final SqlName PLAN_HISTORY = SqlName.of("change/plan_history");
    static final SqlName PLANS_INSERT = SqlName.of("change/plans_insert");
    static final SqlName PLAN_IS_OVERDUE = SqlName.of("change/plan_is_overdue");
    static final SqlName PLAN_LOCK = SqlName.of("change/plan_lock");
    static final SqlName PLAN_OVERDUE = SqlName.of("change/plan_overdue");
    static final SqlName PLAN_RAISE = SqlName.of("change/plan_raise");
    static final SqlName PLAN_REJECT = SqlName.of("change/plan_reject");
    static final SqlName PLAN_RIVALS = SqlName.of("change/plan_rivals");
    static final SqlName PLAN_RUNNING = SqlName.of("change/plan_running");
    static final SqlName PLAN_SAME = SqlName.of("change/plan_same");
    static final SqlName PLAN_SUPERSEDE = SqlName.of("change/plan_supersede");
    static final SqlName PLAN_UNDONE = SqlName.of("change/plan_undone");
    static final SqlName PLAN_UNMEASURED = SqlName.of("change/plan_unmeasured");
    static final SqlName PLAN_VERIFY = SqlName.of("change/plan_verify");
    static final SqlName PLAN_WAITING = SqlName.of("change/plan_waiting");

    static final SqlName PLAN_WAITING_ON = SqlName.of("change/plan_waiting_on");
    static final SqlName PLAN_WAITING_TARGETS = SqlName.of("change/plan_waiting_targets");

    private ChangeSql() {}
}
