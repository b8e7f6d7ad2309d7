package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.postgres.SqlName;

/// Names of the queries about branches.
final class BranchingSql {
    static final SqlName CHANGED_TABLES = SqlName.of("branching/changed_tables");
    static final SqlName TABLE_SHAPES = SqlName.of("branching/table_shapes");
    static final SqlName STATISTICS_SINCE = SqlName.of("branching/statistics_since");
    static final SqlName OPEN_SESSIONS = SqlName.of("branching/open_sessions");

    private BranchingSql() {}
}
