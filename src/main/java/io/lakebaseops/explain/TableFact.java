package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the catalog of the server says of a table in a plan.
///
/// @param rows estimated by the server
/// @param changedSinceAnalyze rows inserted, updated or deleted since statistics were gathered
/// @param analyzed when statistics were gathered last, null for never or not known
/// @param columns types by column name, as `format_type` writes them
/// @param indexes valid ones only
/// @param extendedStatistics the columns of each statistics object
public record TableFact(
        String schema,
        String name,
        double rows,
        double changedSinceAnalyze,
        @Nullable Instant analyzed,
        Map<String, String> columns,
        List<IndexFact> indexes,
        List<Set<String>> extendedStatistics) {
    public TableFact {
        columns = Map.copyOf(columns);
        indexes = List.copyOf(indexes);
        extendedStatistics = List.copyOf(extendedStatistics);
    }

    /// A valid index of a table.
    ///
    /// @param method `btree`, `hash`, `gin` …
    /// @param keys columns by name, expressions as `pg_get_indexdef` writes them
    /// @param predicate of a partial index, else null
    /// @param patterns can find a prefix: an operator class for patterns, or collation C
    public record IndexFact(
            String name,
            String method,
            List<String> keys,
            @Nullable String predicate,
            boolean patterns) {
        public IndexFact {
            keys = List.copyOf(keys);
        }

        boolean leads(String column) {
            return !keys.isEmpty() && keys.getFirst().equals(column);
        }
    }

    /// Share of the rows that changed since statistics were gathered.
    double changedShare() {
        return rows <= 0 ? 0 : changedSinceAnalyze / rows;
    }
}
