package io.lakebaseops.agents.provisioning.migration;

import java.util.List;
import java.util.Optional;

/// Size of a table, and what its columns and constraints prove. As the server says at this moment.
///
/// @param bytes of the heap and its TOAST
/// @param columns name and type as in `v character varying(20)`
/// @param neverNull columns declared or proven by a valid CHECK to hold no null
record TableSize(
        String schemaName,
        String tableName,
        boolean isVisible,
        long bytes,
        long indexBytes,
        long rowCount,
        List<String> columns,
        List<String> neverNull) {
    TableSize {
        columns = List.copyOf(columns);
        neverNull = List.copyOf(neverNull);
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
