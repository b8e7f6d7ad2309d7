package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// One table with all its indexes side by side, as a grid of keys shows them.
///
/// @param indexWrites entries written into each index since the statistics began
/// @param hotShare of its updates that touched no index, 0 to 1; null without updates
public record TableMatrix(
        String database,
        String schema,
        String table,
        long rowCount,
        long bytes,
        long indexWrites,
        @Nullable Double hotShare,
        List<Entry> indexes) {
    public TableMatrix {
        indexes = List.copyOf(indexes);
    }

    /// @param keys in order, a column's name or an expression
    /// @param constraint it backs, null for none
    public record Entry(
            String name,
            String method,
            List<String> keys,
            List<String> included,
            @Nullable String predicate,
            boolean unique,
            boolean valid,
            @Nullable String constraint,
            long bytes,
            long scans,
            @Nullable Instant lastScan) {
        public Entry {
            keys = List.copyOf(keys);
            included = List.copyOf(included);
        }
    }

    static TableMatrix of(String database, CatalogTable table, List<IndexShape> indexes) {
        return new TableMatrix(
                database,
                table.schemaName(),
                table.tableName(),
                table.rowCount(),
                table.bytes(),
                table.indexWrites(),
                table.updates() == 0 ? null : (double) table.hotUpdates() / table.updates(),
                indexes.stream().map(TableMatrix::entry).toList());
    }

    private static Entry entry(IndexShape i) {
        var row = i.row();
        return new Entry(
                row.indexName(),
                row.method(),
                i.keys().stream().map(IndexShape.Key::words).toList(),
                i.included().stream().sorted().toList(),
                i.predicate(),
                row.isUnique(),
                row.isUsable(),
                row.constraintName(),
                row.indexBytes(),
                row.scans(),
                row.lastIdxScan());
    }
}
