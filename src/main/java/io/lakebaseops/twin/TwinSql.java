package io.lakebaseops.twin;

import io.lakebaseops.postgres.SqlName;

/// The named queries of the planner twin: the first ones are sent to the watched server, the others
/// to the twin.
final class TwinSql {
    static final SqlName RELATIONS = SqlName.of("twin/relations");
    static final SqlName COLUMN_STATISTICS = SqlName.of("twin/column_statistics");
    static final SqlName EXTENDED_STATISTICS = SqlName.of("twin/extended_statistics");
    static final SqlName SETTINGS = SqlName.of("twin/settings");

    static final SqlName FILL_NUMBERS = SqlName.of("twin/fill_numbers");
    static final SqlName FILL_STATISTICS = SqlName.of("twin/fill_statistics");
    static final SqlName FILL_EXTENDED = SqlName.of("twin/fill_extended_statistics");
    static final SqlName APPLY_SETTINGS = SqlName.of("twin/apply_settings");
    static final SqlName FILES = SqlName.of("twin/files");
    static final SqlName LEAF_TABLES = SqlName.of("twin/leaf_tables");
    static final SqlName INDEX_PARTS = SqlName.of("twin/index_parts");
    static final SqlName SHOW_INDEXES = SqlName.of("twin/show_indexes");
    static final SqlName COLUMNS = SqlName.of("twin/columns");

    private TwinSql() {}
}
