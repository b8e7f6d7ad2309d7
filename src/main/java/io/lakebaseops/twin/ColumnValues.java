package io.lakebaseops.twin;

import org.jspecify.annotations.Nullable;

/// The planner's statistics of a column with the values in them, as `twin/column_statistics`
/// returns them. Arrays are text as the server prints them.
///
/// @param relationName of an index where it is about one of its expressions
public record ColumnValues(
        String schemaName,
        String relationName,
        String columnName,
        boolean inherited,
        double nullShare,
        int width,
        double distinctValues,
        @Nullable String commonValues,
        @Nullable String commonShares,
        @Nullable String histogram,
        @Nullable Double correlation,
        @Nullable String commonElements,
        @Nullable String elementShares,
        @Nullable String elementCounts,
        @Nullable String rangeLengths,
        @Nullable Double emptyRanges,
        @Nullable String rangeBounds) {}
