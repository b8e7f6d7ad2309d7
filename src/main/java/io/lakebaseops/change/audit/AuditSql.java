package io.lakebaseops.change.audit;

import io.lakebaseops.state.NamedSql;

/// The statements of the audit chain, by name; their text is in `sql/audit/`.
final class AuditSql {
    static final NamedSql APPEND = NamedSql.of("audit/append");
    static final NamedSql HEAD = NamedSql.of("audit/head");
    static final NamedSql MOVE_HEAD = NamedSql.of("audit/move_head");
    static final NamedSql NEWEST = NamedSql.of("audit/newest");
    static final NamedSql PAGE = NamedSql.of("audit/page");
    static final NamedSql TURN = NamedSql.of("audit/turn");

    private AuditSql() {}
}
