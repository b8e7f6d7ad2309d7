package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.postgres.SqlName;

/// The statements of this module, by name; their text is in `sql/migration/`.
final class MigrationSql {
    static final SqlName TABLE_FACTS = SqlName.of("migration/table_facts");
    static final SqlName STATEMENT_TRAFFIC = SqlName.of("migration/statement_traffic");
    static final SqlName REFERRING_TABLES = SqlName.of("migration/referring_tables");
    static final SqlName MIGRATING_LOGIN = SqlName.of("migration/migrating_login");
    static final SqlName INDEXES_VALID = SqlName.of("migration/indexes_valid");
    static final SqlName DROP_HALF_BUILT_INDEX = SqlName.of("change/drop_half_built_index");
    static final SqlName INDEX_TABLES = SqlName.of("migration/index_tables");
    static final SqlName HISTORY_PRESENT = SqlName.of("migration/history_present");
    static final SqlName HISTORY = SqlName.of("migration/history");
    static final SqlName CREATE_HISTORY = SqlName.of("migration/create_history");
    static final SqlName INDEX_HISTORY = SqlName.of("migration/index_history");
    static final SqlName APPLIED = SqlName.of("migration/applied");
    static final SqlName RECORD = SqlName.of("migration/record");

    private MigrationSql() {}
}
