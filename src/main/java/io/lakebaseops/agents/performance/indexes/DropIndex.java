package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;

import org.jspecify.annotations.Nullable;

/// The remedy of a superfluous index: it goes.
///
/// @param keep the one of its table that does its work; null when nothing uses it
/// @param scans counted when it was judged
record DropIndex(String database, long indexOid, Ident index, @Nullable Kept keep, long scans)
        implements Remedy {
    record Kept(long indexOid, Ident index) {}

    static DropIndex of(String database, Redundancy redundancy) {
        var keep = redundancy.keep().row();
        return of(
                database,
                redundancy.redundant().row(),
                new Kept(keep.indexOid(), Ident.of(keep.schemaName(), keep.indexName())));
    }

    static DropIndex unused(String database, IndexShape index) {
        return of(database, index.row(), null);
    }

    private static DropIndex of(String database, IndexShape.Row drop, @Nullable Kept keep) {
        return new DropIndex(
                database,
                drop.indexOid(),
                Ident.of(drop.schemaName(), drop.indexName()),
                keep,
                drop.scans());
    }

    @Override
    public String key() {
        return keep == null
                ? "drop %s, unused".formatted(index.sql())
                : "drop %s, keep %s".formatted(index.sql(), keep.index().sql());
    }
}
