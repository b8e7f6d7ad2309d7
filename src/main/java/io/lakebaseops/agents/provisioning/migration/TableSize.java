package io.lakebaseops.agents.provisioning.migration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// Size of a table, and what its columns and constraints prove. As the server says at this moment.
///
/// @param pathRank its schema's place on the search path of the login, null = not on it
/// @param bytes of the heap and its TOAST
/// @param columns name and type as in `v character varying(20)`
/// @param neverNull columns declared or proven by a valid CHECK to hold no null
/// @param unvalidated constraint and column of each CHECK (column IS NOT NULL) NOT VALID
/// @param isFiltered policies keep rows from the login, which UPDATE and DELETE then pass over
/// @param partitionOf the table it is a partition of, as `schema.table`
record TableSize(
        String schemaName,
        String tableName,
        @Nullable Integer pathRank,
        long bytes,
        long indexBytes,
        long rowCount,
        List<String> columns,
        List<String> neverNull,
        List<String> unvalidated,
        boolean isFiltered,
        boolean rowSecurity,
        boolean loginBypasses,
        @Nullable String partitionOf,
        @Nullable String defaultPartition) {
    TableSize {
        columns = List.copyOf(columns);
        neverNull = List.copyOf(neverNull);
        unvalidated = List.copyOf(unvalidated);
    }

    String display() {
        return schemaName + "." + tableName;
    }

    /// The type as the server writes it, without the column's name.
    Optional<String> typeOf(String column) {
        return columns.stream()
                .filter(c -> c.startsWith(column + " "))
                .map(c -> c.substring(column.length() + 1))
                .findFirst();
    }
}
