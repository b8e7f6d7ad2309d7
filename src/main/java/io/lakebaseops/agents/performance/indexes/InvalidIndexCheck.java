package io.lakebaseops.agents.performance.indexes;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Indexes that every write maintains and no query can use: what a build that failed left behind.
final class InvalidIndexCheck {
    /// REINDEX CONCURRENTLY names the new one and the old one so until it is done.
    private static final Pattern LEFTOVER = Pattern.compile(".*_cc(new|old)\\d*");

    private InvalidIndexCheck() {}

    /// @param drop it is of no use; otherwise it is built anew
    /// @param why in words
    record Invalid(IndexShape index, boolean drop, String why) {}

    /// @param maintained tables on which a build may be running: theirs are left out
    static List<Invalid> among(IndexCatalog catalog, Set<Long> maintained) {
        var here = new HashSet<>(maintained);
        var all = catalog.byTable();
        return catalog.indexes().stream()
                .filter(i -> !i.row().isUsable() && !here.contains(i.row().tableOid()))
                // A partitioned index is invalid until all its parts are attached.
                .filter(i -> !i.row().isPartitioned())
                .map(i -> judge(i, all.getOrDefault(i.row().tableOid(), List.of())))
                .toList();
    }

    private static Invalid judge(IndexShape index, List<IndexShape> ofTable) {
        if (LEFTOVER.matcher(index.row().indexName()).matches()) {
            return new Invalid(
                    index, true, "REINDEX CONCURRENTLY was interrupted and left it behind");
        }
        if (ofTable.stream().anyMatch(i -> i.row().isUsable() && same(i, index))) {
            return new Invalid(index, true, "a valid index does the same");
        }
        if (index.row().isUnique() && index.row().constraintName() == null) {
            return new Invalid(
                    index,
                    true,
                    "a unique index cannot be built while values repeat: remove those first");
        }
        return new Invalid(index, false, "its build did not end");
    }

    private static boolean same(IndexShape a, IndexShape b) {
        return a.keys().equals(b.keys())
                && a.included().equals(b.included())
                && Objects.equals(a.predicate(), b.predicate())
                && a.row().method().equals(b.row().method())
                && a.row().isUnique() == b.row().isUnique();
    }
}
