package io.lakebaseops.agents.performance.maintenance;

/// A partitioned table and what its last ANALYZE found, as `maintenance/partitioned_statistics`
/// returns it.
///
/// @param rowCount of all partitions now
/// @param analyzedRows found by the last ANALYZE of the whole, -1 = never
/// @param analyzeLimit rows more or less that make statistics old, as autovacuum counts for a table
record PartitionedStatistics(
        String schemaName,
        String tableName,
        long partitions,
        long rowCount,
        long bytes,
        long analyzedRows,
        double analyzeLimit,
        boolean mayMaintain) {
    boolean due() {
        return rowCount >= TableState.FLOOR_ROWS && bytes >= TableState.FLOOR_BYTES && stale();
    }

    private boolean stale() {
        return analyzedRows < 0 || Math.abs(rowCount - analyzedRows) > analyzeLimit;
    }

    String words() {
        return analyzedRows < 0
                ? "never analyzed as a whole"
                : "%,d rows when it was last analyzed as a whole, %,d now"
                        .formatted(analyzedRows, rowCount);
    }
}
