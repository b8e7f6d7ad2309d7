package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The tables of a plan as the catalog of their server describes them.
public interface TableFacts {
    /// For a plan that was pasted: nothing is known of its server.
    TableFacts UNKNOWN = (_, _) -> Optional.empty();

    /// @param schema null where EXPLAIN was not VERBOSE; then the name must be unambiguous
    Optional<TableFact> table(@Nullable String schema, String name);
}
