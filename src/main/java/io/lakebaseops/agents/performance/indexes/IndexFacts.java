package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;

/// An index as it stands now, as `indexes/index_facts` returns it.
record IndexFacts(
        long indexOid,
        String indexSchema,
        String indexName,
        String tableSchema,
        String tableName,
        String definition,
        boolean isPartitioned,
        boolean isUsable,
        boolean backsConstraint,
        boolean isReplicaIdentity,
        long indexBytes,
        boolean mayChange,
        @Nullable String commentStatement,
        @Nullable String tablespaceName,
        boolean isClustered) {

    /// Nothing but queries relies on it, and we may drop it.
    boolean free() {
        return isUsable && mayChange && !backsConstraint && !isReplicaIdentity;
    }

    /// The row that `indexes/index_identity` returns for it, to be compared before a plan runs.
    Rows identity() {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("definition", definition);
        row.put("is_usable", isUsable);
        row.put("backs_constraint", backsConstraint);
        row.put("is_replica_identity", isReplicaIdentity);
        return new Rows(List.of(row));
    }
}
