package io.lakebaseops.agents.performance.indexes;

import java.time.Instant;
import java.util.List;

/// Statements planned in the planner twin with an index that is not there. Computed, not measured.
///
/// @param definition of the index
/// @param bytes it would have, as estimated
/// @param statements that it is for, the largest saving first
/// @param others the same with further columns or fewer rows, where those were tried
public record WhatIf(
        String database,
        String schema,
        String table,
        String index,
        String definition,
        long bytes,
        List<Statement> statements,
        List<Variant> others,
        String origin,
        Instant at) {
    public WhatIf {
        statements = List.copyOf(statements);
        others = List.copyOf(others);
    }

    /// @param before and `after` in the planner's units, of the generic plan
    /// @param used whether the plan reads the index
    /// @param values those for which the planner goes another way than generically; none when it
    ///     always goes the same
    public record Statement(
            String queryid,
            String statement,
            double before,
            double after,
            boolean used,
            List<String> values) {
        public Statement {
            values = List.copyOf(values);
        }
    }

    /// @param after cost of all statements together, each weighed by its calls, against `1` without
    public record Variant(String definition, String kind, long bytes, double after) {}

    /// Would the planner take it for any of them?
    boolean used() {
        return statements.stream().anyMatch(Statement::used);
    }
}
