package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A session, slot, prepared transaction or standby that keeps vacuum from removing rows, and what
/// ending it alone would release.
///
/// @param kind `session`, `slot`, `prepared transaction` or `standby`
/// @param database null for what holds back every database
/// @param since when it began to hold; null when nobody knows
/// @param holds which rows it keeps: of the database read, of another one, or of catalogs only
/// @param rows dead rows of the database read that go once it ends; null when they cannot be told
/// @param bytes about as large
/// @param tables how many tables those rows are in
/// @param withOlder what goes once it and all that stand before or beside it end
/// @param remedy the statement or act that ends it
/// @param idleInTransaction a session that does nothing: there is a plan that ends it
public record HorizonHolder(
        String kind,
        String name,
        String detail,
        @Nullable String database,
        long xminAge,
        @Nullable Instant since,
        Holds holds,
        @Nullable Long rows,
        long bytes,
        int tables,
        WithOlder withOlder,
        String remedy,
        boolean idleInTransaction,
        boolean old) {
    /// @param rows dead rows; null when they cannot be told
    /// @param others that must end as well
    public record WithOlder(@Nullable Long rows, long bytes, int others) {
        public static final WithOlder NOTHING = new WithOlder(0L, 0, 0);
    }

    public enum Holds {
        /// Alone the oldest of those that hold rows of this database.
        ALONE,
        /// Others stand at the same point: ending it brings nothing unless they end too.
        TOGETHER,
        /// An older one holds these rows already.
        BEHIND,
        OTHER_DATABASE,
        CATALOG
    }

    public String words() {
        return kind + " " + name;
    }
}
