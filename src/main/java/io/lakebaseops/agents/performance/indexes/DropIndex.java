package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;

/// The remedy of a superfluous index: it goes, another one of its table does its work.
record DropIndex(String database, long indexOid, Ident index, long keepOid, Ident keep)
        implements Remedy {
    static DropIndex of(String database, Redundancy redundancy) {
        var drop = redundancy.redundant().row();
        var keep = redundancy.keep().row();
        return new DropIndex(
                database,
                drop.indexOid(),
                Ident.of(drop.schemaName(), drop.indexName()),
                keep.indexOid(),
                Ident.of(keep.schemaName(), keep.indexName()));
    }

    @Override
    public String key() {
        return "drop %s, keep %s".formatted(index.sql(), keep.sql());
    }
}
