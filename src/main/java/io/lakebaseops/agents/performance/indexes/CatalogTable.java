package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A table of the index catalog, as `indexes/catalog_tables` returns it.
///
/// @param kind `r` table, `m` materialized view, `p` partitioned table
/// @param parentOid of the table it is a partition of
/// @param rowCount by the last ANALYZE, else as counted
/// @param replicaIdentity `d` default, `n` nothing, `f` full, `i` index
/// @param mayChange by the rights of its owner
/// @param mayRead whether its column statistics are visible
/// @param columns by number, dropped ones empty
record CatalogTable(
        long tableOid,
        String schemaName,
        String tableName,
        String kind,
        @Nullable Long parentOid,
        long rowCount,
        long bytes,
        String replicaIdentity,
        boolean mayChange,
        boolean mayRead,
        List<String> columns,
        long seqScans,
        long seqRows,
        @Nullable Instant lastSeqScan,
        long inserts,
        long updates,
        long hotUpdates,
        long deletes) {
    CatalogTable {
        columns = List.copyOf(columns);
    }

    boolean isPartitioned() {
        return kind.equals("p");
    }

    /// Every one of them is paid for by each index once, HOT updates not at all.
    long indexWrites() {
        return inserts + Math.max(0, updates - hotUpdates);
    }

    /// @param number as in `pg_attribute`, 1 for the first
    String column(int number) {
        return number >= 1 && number <= columns.size() ? columns.get(number - 1) : "";
    }
}
