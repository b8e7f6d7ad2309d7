package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;

import java.util.List;

/// The remedy of indexes that waste space or answer no query: built anew, or dropped.
///
/// @param parts of one index; several when a partitioned index has several bad parts
/// @param drop an invalid one that is better dropped
record RepairIndex(String database, List<Part> parts, boolean drop) implements Remedy {
    RepairIndex {
        parts = List.copyOf(parts);
    }

    record Part(Ident index, long bytes, boolean usable) {
        static Part of(IndexShape index) {
            var row = index.row();
            return new Part(
                    Ident.of(row.schemaName(), row.indexName()), row.indexBytes(), row.isUsable());
        }
    }

    @Override
    public String key() {
        return (drop ? "drop invalid " : "rebuild ")
                + String.join(", ", parts.stream().map(p -> p.index().sql()).toList());
    }
}
