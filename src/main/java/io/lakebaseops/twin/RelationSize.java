package io.lakebaseops.twin;

import org.jspecify.annotations.Nullable;

/// How large a table or index of the watched database is, as `twin/relations` returns it.
///
/// @param kind as in pg_class
/// @param tableName of an index its table, else itself
/// @param tuples as the last VACUUM or ANALYZE counted; -1 = never
/// @param blocks its file has now
record RelationSize(
        String schemaName,
        String relationName,
        String kind,
        @Nullable String tableName,
        double tuples,
        long pages,
        long allVisible,
        long blocks) {
    String key() {
        return schemaName + "." + relationName;
    }

    boolean table() {
        return kind.equals("r") || kind.equals("m") || kind.equals("p");
    }
}
