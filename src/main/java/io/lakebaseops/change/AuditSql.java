package io.lakebaseops.change;

import io.lakebaseops.postgres.SqlName;

/// The statements of the audit chain, by name; their text is in `sql/audit/`.
final class AuditSql {
    static final SqlName APPEND = SqlName.of("audit/append");
    static final SqlName HEAD = SqlName.of("audit/head");
    static final SqlName MOVE_HEAD = SqlName.of("audit/move_head");
    static final SqlName NEWEST = SqlName.of("audit/newest");
    static final SqlName PAGE = SqlName.of("audit/page");
    static final SqlName TURN = SqlName.of("audit/turn");

    private AuditSql() {}
}
