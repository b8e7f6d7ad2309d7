package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;

/// The remedy of a foreign key whose child rows no index finds: an index on its columns.
record BuildIndex(String database, ForeignKeyCover.Missing missing) implements Remedy {
    @Override
    public String key() {
        var key = missing.key();
        return "index %s %s"
                .formatted(
                        Ident.of(key.schemaName(), key.tableName()).sql(),
                        key.columns().stream().map(c -> Ident.of(c).sql()).toList());
    }
}
