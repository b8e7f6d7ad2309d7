package io.lakebaseops.agents.performance.indexes;

import java.util.List;

/// An index that one statement would want, to be planned in the planner twin.
///
/// @param statement with `$1` in the places of values
/// @param keys columns in key order
public record WantedIndex(String statement, String schema, String table, List<String> keys) {
    public WantedIndex {
        keys = List.copyOf(keys);
    }

    /// What the planner makes of it. Computed, not measured.
    ///
    /// @param before and `after` in the planner's units
    /// @param used whether the plan reads the index
    public record Answer(double before, double after, boolean used) {}
}
