package io.lakebaseops.sqltext;

/// A relation that a statement names, and what it does with it.
///
/// @param schema as the server folds it; empty when it is not named
public record RelationUse(String schema, String name, How how) {
    public enum How {
        READ,
        WRITTEN,
        /// By LOCK, or rows by FOR UPDATE and its like.
        LOCKED,
        CREATED,
        ALTERED,
        DROPPED,
        /// By a foreign key, as a parent, or as a partitioned table.
        REFERENCED,
        /// VACUUM, ANALYZE, CLUSTER, REINDEX.
        MAINTAINED
    }

    static RelationUse of(SqlNode rangeVar, How how) {
        return new RelationUse(rangeVar.text("schemaname"), rangeVar.text("relname"), how);
    }
}
