package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.postgres.SqlName;

/// The named queries of maintenance.
final class MaintenanceSql {
    static final SqlName VACUUM_STATE = SqlName.of("maintenance/vacuum_state");
    static final SqlName ROW_WIDTHS = SqlName.of("maintenance/row_widths");
    static final SqlName PARTITION_LEAVES = SqlName.of("maintenance/partition_leaves");
    static final SqlName PARTITIONED_STATISTICS =
            SqlName.of("maintenance/partitioned_statistics");
    static final SqlName XMIN_HORIZON = SqlName.of("maintenance/xmin_horizon");

    private MaintenanceSql() {}
}
