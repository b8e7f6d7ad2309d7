package io.lakebaseops.lakehouse;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One version of a table that a sync pipeline fills.
///
/// @param committedAt when the pipeline wrote this version
/// @param rows -1 when its writer kept no statistics
public record MirrorTable(
        TableName name,
        long version,
        Instant committedAt,
        List<Column> columns,
        long rows,
        long bytes) {
    public MirrorTable {
        columns = List.copyOf(columns);
    }

    /// @param type as DuckDB calls it: `DECIMAL(10,2)`, `VARCHAR`, `BIGINT[]`
    public record Column(String name, String type) {}

    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }
}
