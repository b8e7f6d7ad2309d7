package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// An index that could help a node of a plan; an idea to test, not a recommendation.
///
/// @param schema null where the plan does not say it
/// @param keys columns and expressions in key order, as SQL
public record IndexIdea(@Nullable String schema, String table, String method, List<String> keys) {
    public IndexIdea {
        keys = List.copyOf(keys);
    }
}
