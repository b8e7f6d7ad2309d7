package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.postgres.SqlName;

/// Which named queries tell what would be lost with a branch?
final class BranchingSql {
    static final SqlName CHANGED_TABLES = SqlName.of("branching/changed_tables");
    static final SqlName TABLE_SHAPES = SqlName.of("branching/table_shapes");
    static final SqlName STATISTICS_SINCE = SqlName.of("branching/statistics_since");
    static final SqlName OPEN_SESSIONS = SqlName.of("branching/open_sessions");

    private BranchingSql() {}
}
