package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What the planner's statistics say of one column of an index, as `indexes/key_statistics` returns
/// it.
///
/// @param length in bytes, negative for a type of varying length
/// @param width average in bytes, null without statistics
/// @param distinctValues as in `pg_stats`: negative is a share of the rows
/// @param commonShares of the rows, of the most common values
/// @param lengths of sampled texts; null for other types
/// @param equalImage equal values have the same bytes, so a B-tree may merge them
record KeyStatistics(
        long indexOid,
        int position,
        boolean isKey,
        int length,
        String alignment,
        @Nullable Integer width,
        @Nullable Double nullShare,
        @Nullable Double distinctValues,
        List<Double> commonShares,
        @Nullable List<Integer> lengths,
        boolean equalImage) {
    KeyStatistics {
        commonShares = List.copyOf(commonShares);
        lengths = lengths == null ? null : List.copyOf(lengths);
    }

    double nulls() {
        return nullShare == null ? 0 : nullShare;
    }

    double distinct(double rows) {
        if (distinctValues == null || distinctValues == 0) {
            return rows;
        }
        return Math.clamp(distinctValues > 0 ? distinctValues : -distinctValues * rows, 1, rows);
    }

    /// Bytes to which a value of this width is aligned; short texts are not.
    int alignment(double bytes) {
        if (length < 0 && bytes <= 126) {
            return 1;
        }
        return switch (alignment) {
            case "d" -> 8;
            case "i" -> 4;
            case "s" -> 2;
            default -> 1;
        };
    }
}
