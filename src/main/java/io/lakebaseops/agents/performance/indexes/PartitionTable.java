package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;

import org.jspecify.annotations.Nullable;

/// One table of a partition tree, as `indexes/partition_tables` returns it.
///
/// @param level 0 is the partitioned table itself
/// @param kind `r` table, `p` partitioned, `f` foreign
record PartitionTable(
        String schemaName,
        String tableName,
        @Nullable String parentSchema,
        @Nullable String parentTable,
        boolean isLeaf,
        int level,
        long tableOid,
        long tableBytes,
        String kind) {
    /// The table it is a partition of; null at the top.
    @Nullable Ident parent() {
        return parentSchema == null || parentTable == null
                ? null
                : Ident.of(parentSchema, parentTable);
    }

    Ident ident() {
        return Ident.of(schemaName, tableName);
    }
}
