package io.lakebaseops.agents.performance.indexes;

import java.util.HashSet;
import java.util.Optional;

/// The skip scan of PostgreSQL 18: a B-tree finds rows by the columns behind its first one, by
/// skipping over the values of that. Worth it while those are few, which the planner judges.
final class SkipScan {
    static final int SINCE = 180_000;

    private SkipScan() {}

    /// An index that has all columns of the foreign key right behind one other column; empty on an
    /// older server.
    static Optional<IndexShape> of(IndexCatalog catalog, ForeignKey key) {
        int n = key.columns().size();
        return catalog.counting().serverVersion() < SINCE
                ? Optional.empty()
                : catalog.indexes().stream()
                        .filter(i -> i.row().tableOid() == key.tableOid())
                        .filter(i -> i.btree() && i.row().isUsable() && i.predicate() == null)
                        .filter(i -> i.keys().size() > n && i.keys().getFirst().column() != null)
                        .filter(
                                i ->
                                        new HashSet<>(
                                                        i.keys().subList(1, n + 1).stream()
                                                                .map(IndexShape.Key::column)
                                                                .toList())
                                                .equals(new HashSet<>(key.columns())))
                        .findFirst();
    }

    static String words(IndexShape index) {
        return "PostgreSQL 18 can find them through %s %s by a skip scan, which is fast while %s has few values: look at the plan first"
                .formatted(
                        index.row().indexName(), index.keyWords(), index.keys().getFirst().words());
    }
}
