package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.postgres.SqlName;

/// Names of the queries monitoring sends.
final class HealthSql {
    static final SqlName SERVER_ROUND = SqlName.of("monitoring/server_round");
    static final SqlName DATABASES = SqlName.of("capability/databases");
    static final SqlName BROKEN_SLOTS = SqlName.of("monitoring/broken_slots");
    static final SqlName OWN_STATEMENTS = SqlName.of("monitoring/own_statements");
    static final SqlName DATABASE_SIZES = SqlName.of("monitoring/database_sizes");
    static final SqlName WORST_DEAD_ROWS = SqlName.of("monitoring/worst_dead_rows");
    static final SqlName STATEMENT_TOTALS = SqlName.of("monitoring/statement_totals");
    static final SqlName SLOW_STATEMENTS = SqlName.of("monitoring/slow_statements");
    static final SqlName HEARTBEAT = SqlName.of("monitoring/heartbeat");
    static final SqlName SESSIONS = SqlName.of("connections/sessions");
    static final SqlName LOCK_CHAIN = SqlName.of("connections/blocking");
    static final SqlName RUNNING_STATEMENTS = SqlName.of("monitoring/running_statements");
    static final SqlName DISK_READERS = SqlName.of("monitoring/disk_readers");
    static final SqlName OLDEST_TABLES = SqlName.of("monitoring/oldest_tables");
    static final SqlName REPLICATION = SqlName.of("monitoring/replication");

    static final SqlName RUNNING_STATEMENT = SqlName.of("monitoring/running_statement");
    static final SqlName KNOWN_STATEMENT = SqlName.of("monitoring/known_statement");

    private HealthSql() {}
}
