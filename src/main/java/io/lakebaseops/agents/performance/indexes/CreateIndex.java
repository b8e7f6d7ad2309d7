package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The remedy of a table that statements read from end to end, or of a foreign key whose child rows
/// no index finds: an index on these columns.
///
/// @param bytes of the table
/// @param effect of having it, in words
/// @param foreignKey it serves; null when it is for statements
/// @param defined what is built where it is more than these columns in order
record CreateIndex(
        String database,
        String schema,
        String table,
        boolean partitioned,
        long bytes,
        List<String> keys,
        String effect,
        @Nullable ForeignKey foreignKey,
        @Nullable Defined defined)
        implements Remedy {
    /// An index with included columns, an expression or a condition.
    ///
    /// @param definition the whole statement, without CONCURRENTLY
    record Defined(String name, String definition) {}

    CreateIndex {
        keys = List.copyOf(keys);
    }

    /// On plain columns.
    CreateIndex(
            String database,
            String schema,
            String table,
            boolean partitioned,
            long bytes,
            List<String> keys,
            String effect,
            @Nullable ForeignKey foreignKey) {
        this(database, schema, table, partitioned, bytes, keys, effect, foreignKey, null);
    }

    Ident tableIdent() {
        return Ident.of(schema, table);
    }

    Ident index() {
        return index(schema, table);
    }

    /// What it is called on this table: a partition has one of its own name.
    Ident index(String ofSchema, String ofTable) {
        if (defined != null) {
            return Ident.of(ofSchema, defined.name());
        }
        return Ident.of(
                ofSchema,
                foreignKey == null
                        ? IndexNames.onColumns(ofTable, keys)
                        : IndexNames.of(ofTable, keys));
    }

    @Override
    public String key() {
        if (defined != null) {
            return "index %s %s".formatted(tableIdent().sql(), defined.definition());
        }
        return "index %s %s"
                .formatted(tableIdent().sql(), keys.stream().map(c -> Ident.of(c).sql()).toList());
    }
}
