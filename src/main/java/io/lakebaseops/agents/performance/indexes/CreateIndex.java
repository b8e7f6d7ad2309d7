package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;

import java.util.List;

/// The remedy of a table that statements read from end to end: an index on what they filter by.
record CreateIndex(
        String database, String schema, String table, long bytes, List<String> keys, String effect)
        implements Remedy {
    CreateIndex {
        keys = List.copyOf(keys);
    }

    Ident tableIdent() {
        return Ident.of(schema, table);
    }

    Ident index() {
        return Ident.of(schema, IndexNames.onColumns(table, keys));
    }

    @Override
    public String key() {
        return "index %s %s"
                .formatted(tableIdent().sql(), keys.stream().map(c -> Ident.of(c).sql()).toList());
    }
}
