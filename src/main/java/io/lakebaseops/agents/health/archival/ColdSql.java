package io.lakebaseops.agents.health.archival;

import io.lakebaseops.postgres.SqlName;

/// Names of the queries and statements about cold rows.
final class ColdSql {
    static final SqlName CANDIDATES = SqlName.of("archival/cold_candidates");
    static final SqlName COLUMNS = SqlName.of("archival/archival_columns");
    static final SqlName TABLE = SqlName.of("archival/archival_table");
    static final SqlName REFERENCING = SqlName.of("archival/referencing_keys");
    static final SqlName PARTITIONS = SqlName.of("archival/archival_partitions");
    static final SqlName COLD_ROWS = SqlName.of("archival/cold_rows");
    static final SqlName REFERENCED = SqlName.of("archival/referenced_cold_rows");
    static final SqlName HOT_ROWS = SqlName.of("archival/hot_rows");
    static final SqlName UNGUARDED = SqlName.of("archival/unguarded_foreign_keys");
    static final SqlName UNFIT = SqlName.of("archival/unfit_values");

    static final SqlName SETTINGS = SqlName.of("archival/row_settings");
    static final SqlName PORTIONS = SqlName.of("archival/portions");
    static final SqlName READ = SqlName.of("archival/read_portion");
    static final SqlName DELETE = SqlName.of("archival/delete_verified");
    static final SqlName PRESENT = SqlName.of("archival/present_rows");
    static final SqlName INSERT = SqlName.of("archival/insert_rows");
    static final SqlName TRANSACTION = SqlName.of("archival/transaction_id");
    static final SqlName OUTCOME = SqlName.of("archival/transaction_outcome");
    static final SqlName PARTITION_PRESENT = SqlName.of("archival/partition_present");
    static final SqlName LOCK = SqlName.of("archival/lock_partition");
    static final SqlName SUM = SqlName.of("archival/sum_partition");
    static final SqlName DETACH = SqlName.of("archival/detach_partition");
    static final SqlName DROP = SqlName.of("archival/drop_partition");

    private ColdSql() {}
}
