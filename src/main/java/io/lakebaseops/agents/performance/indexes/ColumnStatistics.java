package io.lakebaseops.agents.performance.indexes;

import java.util.List;

/// How varied a column is, as `indexes/column_statistics` returns it.
///
/// @param distinctValues as in `pg_stats`: negative is a share of the rows
/// @param width average in bytes
/// @param length in bytes, negative for a type of varying length
record ColumnStatistics(
        long tableOid,
        String columnName,
        double distinctValues,
        double nullShare,
        int width,
        int length,
        String alignment) {
    /// The same as of a column of an index.
    KeyStatistics asKey(int position) {
        return new KeyStatistics(
                0,
                position,
                true,
                length,
                alignment,
                width,
                nullShare,
                distinctValues,
                List.of(),
                null,
                true);
    }

    /// Rows that share one value, on average.
    double rowsPerValue(double rows) {
        double distinct = distinctValues > 0 ? distinctValues : -distinctValues * rows;
        return distinct <= 0 ? rows : rows * (1 - nullShare) / Math.max(1, distinct);
    }
}
