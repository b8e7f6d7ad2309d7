package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.lakehouse.MirrorTable;

import java.util.Optional;

/// The columns by which a change feed says what happened to a row, and when: the spelling of
/// Lakebase Change Data Feed or that of its forerunner without `pg`.
///
/// @param position the LSN as a number, an expression of DuckDB
/// @param order what decides between changes of one transaction
record FeedColumns(String changeType, String position, String order) {

    /// Empty for a table that is no feed.
    static Optional<FeedColumns> of(MirrorTable table) {
        var type = named(table, "change_type");
        var lsn = named(table, "lsn");
        if (type.isEmpty() || lsn.isEmpty()) {
            return Optional.empty();
        }
        var column = Ident.of(lsn.get().name()).sql();
        var position =
                lsn.get().type().equals("VARCHAR")
                        ? ("('0x' || split_part(%1$s, '/', 1))::BIGINT * 4294967296"
                                        + " + ('0x' || split_part(%1$s, '/', 2))::BIGINT")
                                .formatted(column)
                        : column + "::BIGINT";
        var order =
                named(table, "sequence")
                        .or(() -> named(table, "timestamp"))
                        .map(c -> Ident.of(c.name()).sql())
                        .orElse(column);
        return Optional.of(new FeedColumns(type.get().name(), "(" + position + ")", order));
    }

    private static Optional<MirrorTable.Column> named(MirrorTable table, String what) {
        return table.column("_pg_" + what).or(() -> table.column("_" + what));
    }
}
