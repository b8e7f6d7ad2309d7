package io.lakebaseops.reconcile;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.TableName;

/// A table of PostgreSQL and the Delta table that is to hold the same rows.
public record TablePair(
        TargetId target,
        String database,
        String schema,
        String table,
        TableName mirror,
        Kind kind) {

    public enum Kind {
        /// One row for each row.
        MIRROR,
        /// One appended row for each change: the newest of a key counts.
        CHANGE_FEED
    }

    public String source() {
        return schema + "." + table;
    }
}
