package io.lakebaseops.agents.performance.indexes;

/// How varied a column is, as `indexes/column_statistics` returns it.
///
/// @param distinctValues as in `pg_stats`: negative is a share of the rows
record ColumnStatistics(long tableOid, String columnName, double distinctValues, double nullShare) {
    /// Rows that share one value, on average.
    double rowsPerValue(double rows) {
        double distinct = distinctValues > 0 ? distinctValues : -distinctValues * rows;
        return distinct <= 0 ? rows : rows * (1 - nullShare) / Math.max(1, distinct);
    }
}
