package io.lakebaseops.twin;

import org.jspecify.annotations.Nullable;

/// An index that is not there, for the planner to try.
///
/// @param name of the index, without a schema: it stands in that of its table
/// @param definition the whole CREATE INDEX statement, without CONCURRENTLY
/// @param pages of 8 kB that it would have
/// @param predicate of a partial index; null when it covers every row
public record NewIndex(
        String schema,
        String table,
        String name,
        String definition,
        double pages,
        @Nullable String predicate) {}
