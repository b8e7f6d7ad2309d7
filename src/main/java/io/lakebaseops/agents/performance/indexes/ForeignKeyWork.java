package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the server itself runs on a table for its foreign keys, which it counts under no statement:
/// a delete or update of a referenced row looks for the rows that point to it (ri_triggers.c).
final class ForeignKeyWork {
    private ForeignKeyWork() {}

    /// The statements on the index's table, by what they are in words.
    static Map<String, String> of(IndexCatalog catalog, IndexShape index) {
        var row = index.row();
        var all = new LinkedHashMap<String, String>();
        catalog.foreignKeys().stream()
                .filter(k -> k.tableOid() == row.tableOid() && !k.isCopy())
                .forEach(k -> add(k, all));
        return all;
    }

    private static void add(ForeignKey key, Map<String, String> all) {
        var table = Ident.of(key.schemaName(), key.tableName()).sql();
        var where =
                IntStream.range(0, key.columns().size())
                        .mapToObj(
                                i ->
                                        "%s OPERATOR(pg_catalog.=) $%d"
                                                .formatted(
                                                        Ident.of(key.columns().get(i)).sql(),
                                                        i + 1))
                        .collect(Collectors.joining(" AND "));
        var only = key.isPartitioned() ? "" : "ONLY ";
        all.put(
                "check of foreign key %s from %s"
                        .formatted(key.constraintName(), key.parentTable()),
                "SELECT 1 FROM %s%s x WHERE %s FOR KEY SHARE OF x".formatted(only, table, where));
        all.put(
                "cascade of foreign key %s from %s"
                        .formatted(key.constraintName(), key.parentTable()),
                "DELETE FROM %s%s WHERE %s".formatted(only, table, where));
    }
}
