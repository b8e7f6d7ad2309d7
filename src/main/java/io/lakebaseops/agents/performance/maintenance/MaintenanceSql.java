package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.postgres.SqlName;

/// The named queries of maintenance.
final class MaintenanceSql {
    static final SqlName VACUUM_STATE = SqlName.of("maintenance/vacuum_state");
    static final SqlName ROW_WIDTHS = SqlName.of("maintenance/row_widths");
    static final SqlName PARTITION_LEAVES = SqlName.of("maintenance/partition_leaves");
    static final SqlName PARTITIONED_STATISTICS = SqlName.of("maintenance/partitioned_statistics");
    static final SqlName XMIN_HORIZON = SqlName.of("maintenance/xmin_horizon");

    static final SqlName WRAPAROUND = SqlName.of("maintenance/txid_wraparound_risk");
    static final SqlName OLDEST_TABLES = SqlName.of("maintenance/oldest_tables");
    static final SqlName TABLE_USERS = SqlName.of("maintenance/table_users");
    static final SqlName TABLE_CHURN = SqlName.of("maintenance/table_churn");
    static final SqlName FREEZE_REVISITS = SqlName.of("maintenance/freeze_revisits");

    static final SqlName RUNNING_VACUUMS = SqlName.of("maintenance/running_vacuums");
    static final SqlName VACUUM_SERVER = SqlName.of("maintenance/vacuum_server");
    static final SqlName VACUUM_LOCKS = SqlName.of("maintenance/vacuum_locks");

    private MaintenanceSql() {}
}
