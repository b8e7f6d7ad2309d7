package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.postgres.SqlName;

/// The named queries and statements of index work.
final class IndexSql {
    static final SqlName COUNTING = SqlName.of("indexes/catalog_counting");
    static final SqlName TABLES = SqlName.of("indexes/catalog_tables");
    static final SqlName INDEXES = SqlName.of("indexes/catalog_indexes");
    static final SqlName OPERATOR_CLASSES = SqlName.of("indexes/catalog_operator_classes");
    static final SqlName EQUALITY = SqlName.of("indexes/catalog_equality");
    static final SqlName FOREIGN_KEYS = SqlName.of("indexes/catalog_foreign_keys");
    static final SqlName KEY_STATISTICS = SqlName.of("indexes/key_statistics");
    static final SqlName MEASURED = SqlName.of("indexes/measured_index");
    static final SqlName SIZE = SqlName.of("indexes/index_size");
    static final SqlName MAINTAINED_TABLES = SqlName.of("indexes/maintained_tables");
    static final SqlName INVALID_STATE = SqlName.of("indexes/invalid_index_state");
    static final SqlName REINDEX = SqlName.of("indexes/reindex_concurrently");
    static final SqlName WORKLOAD = SqlName.of("indexes/workload");
    static final SqlName STATEMENTS_INFO = SqlName.of("statements/pg_stat_statements_info");
    static final SqlName COLUMN_STATISTICS = SqlName.of("indexes/column_statistics");
    static final SqlName TABLE_COLUMNS = SqlName.of("indexes/table_columns");
    static final SqlName USAGE = SqlName.of("indexes/index_usage");
    static final SqlName TABLE_INDEXES = SqlName.of("indexes/table_indexes");
    static final SqlName IDENTITY = SqlName.of("indexes/index_identity");
    static final SqlName FACTS = SqlName.of("indexes/index_facts");
    static final SqlName PRESENT = SqlName.of("indexes/index_present");
    static final SqlName NAMED = SqlName.of("indexes/indexes_named");
    static final SqlName FOREIGN_KEY_REBINDING = SqlName.of("indexes/foreign_key_rebinding");
    static final SqlName FOREIGN_KEY_DEFINITIONS = SqlName.of("indexes/foreign_key_definitions");
    static final SqlName FOREIGN_KEY_IDENTITY = SqlName.of("indexes/foreign_key_identity");
    static final SqlName PARTITION_TABLES = SqlName.of("indexes/partition_tables");
    static final SqlName DROP_CONCURRENTLY = SqlName.of("indexes/drop_index_concurrently");
    static final SqlName DROP = SqlName.of("indexes/drop_index");
    static final SqlName PARTITION_INDEXES = SqlName.of("indexes/partition_indexes");
    static final SqlName CREATE = SqlName.of("indexes/create_index");
    static final SqlName CREATE_CONCURRENTLY = SqlName.of("indexes/create_index_concurrently");
    static final SqlName CREATE_ON_PARENT = SqlName.of("indexes/create_index_on_parent");
    static final SqlName ATTACH = SqlName.of("indexes/attach_index");
    static final SqlName DROP_CONSTRAINT = SqlName.of("indexes/drop_constraint");

    private IndexSql() {}
}
