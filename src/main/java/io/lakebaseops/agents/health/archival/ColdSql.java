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
    static final SqlName BLOCKS = SqlName.of("archival/table_blocks");
    static final SqlName BOUNDS = SqlName.of("archival/range_bounds");
    static final SqlName COUNT = SqlName.of("archival/count_range");
    static final SqlName READ_POINT = SqlName.of("archival/read_point");
    static final SqlName READ = SqlName.of("archival/read_range");
    static final SqlName READ_WITH_TEXTS = SqlName.of("archival/read_range_with_texts");
    static final SqlName READ_AS_TEXTS = SqlName.of("archival/read_range_as_texts");
    static final SqlName DELETE_UNCHANGED = SqlName.of("archival/delete_unchanged");
    static final SqlName DELETE = SqlName.of("archival/delete_verified");
    static final SqlName PRESENT = SqlName.of("archival/present_rows");
    static final SqlName INSERT = SqlName.of("archival/insert_rows");
    static final SqlName TRANSACTION = SqlName.of("archival/transaction_id");
    static final SqlName OUTCOME = SqlName.of("archival/transaction_outcome");
    static final SqlName PARTITION_PRESENT = SqlName.of("archival/partition_present");
    static final SqlName LOCK = SqlName.of("archival/lock_partition");
    static final SqlName UNCHANGED = SqlName.of("archival/unchanged_rows");
    static final SqlName DETACH = SqlName.of("archival/detach_partition");
    static final SqlName DROP = SqlName.of("archival/drop_partition");

    private ColdSql() {}
}
