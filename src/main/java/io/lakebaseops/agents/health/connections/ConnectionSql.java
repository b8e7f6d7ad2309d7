package io.lakebaseops.agents.health.connections;

import io.lakebaseops.postgres.SqlName;

/// Names of the queries and statements about sessions.
final class ConnectionSql {
    static final SqlName SESSIONS = SqlName.of("connections/sessions");
    static final SqlName LISTENING_ROLES = SqlName.of("connections/listening_roles");
    static final SqlName BLOCKING = SqlName.of("connections/blocking");
    static final SqlName END_IDLE = SqlName.of("connections/end_idle_session");
    static final SqlName END_IDLE_TRANSACTION = SqlName.of("connections/end_idle_transaction");
    static final SqlName STILL_IDLE = SqlName.of("connections/still_idle");
    static final SqlName MAY_SIGNAL = SqlName.of("connections/may_signal");

    private ConnectionSql() {}
}
