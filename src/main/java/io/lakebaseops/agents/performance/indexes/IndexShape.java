package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What an index orders, holds and enforces.
///
/// @param keys what it sorts or hashes by, in order
/// @param included columns it carries without sorting by them
/// @param predicate null when it covers every row
/// @param options storage options as text
record IndexShape(
        Row row, List<Key> keys, Set<String> included, @Nullable String predicate, String options) {
    IndexShape {
        keys = List.copyOf(keys);
        included = Set.copyOf(included);
    }

    /// What an operator class stands for.
    record KeyClass(long family, long type) {}

    /// Two keys are the same when every component is: then both sort the same values the same way.
    ///
    /// @param column null for an expression
    /// @param family operator family; with `type` it says more than the operator class, of which
    ///     several mean the same (`text_ops`, `varchar_ops`)
    /// @param option bit 0 = DESC, bit 1 = NULLS FIRST
    /// @param options of the operator class, null when none are set
    record Key(
            @Nullable String column,
            @Nullable String expression,
            long family,
            long type,
            long collation,
            int option,
            @Nullable String options) {
        String words() {
            return column == null ? String.valueOf(expression) : column;
        }
    }

    /// @param parentOid of the partitioned index it is attached to
    /// @param indexBytes of a partitioned index: of all its parts
    /// @param scans of a partitioned index: of all its parts
    /// @param lastIdxScan of a partitioned index: the latest of any part
    record Row(
            String schemaName,
            String tableName,
            String indexName,
            long tableOid,
            long indexOid,
            @Nullable Long parentOid,
            String method,
            boolean isUnique,
            boolean nullsNotDistinct,
            boolean isImmediate,
            boolean isExclusion,
            boolean isValid,
            boolean isUsable,
            boolean isReplicaIdentity,
            boolean isClustered,
            @Nullable String constraintName,
            @Nullable String constraintType,
            boolean servesForeignKey,
            boolean isPartitioned,
            boolean isTablePartitioned,
            long indexBytes,
            double entries,
            long scans,
            @Nullable Instant lastIdxScan,
            boolean mayChange) {
        boolean isAttached() {
            return parentOid != null;
        }
    }

    /// @param indexes of the given tables
    static List<IndexShape> all(
            List<CatalogIndex> indexes,
            Map<Long, CatalogTable> tables,
            Map<Long, KeyClass> classes) {
        var parts = parts(indexes);
        return indexes.stream()
                .map(
                        i ->
                                of(
                                        i,
                                        Objects.requireNonNull(tables.get(i.tableOid())),
                                        classes,
                                        parts.getOrDefault(i.indexOid(), Parts.NONE)))
                .toList();
    }

    /// What the parts of a partitioned index add up to.
    private record Parts(long bytes, double entries, long scans, @Nullable Instant lastScan) {
        static final Parts NONE = new Parts(0, 0, 0, null);

        Parts with(CatalogIndex i) {
            return new Parts(
                    bytes + i.bytes(),
                    entries + i.entries(),
                    scans + i.scans(),
                    later(lastScan, i.lastScan()));
        }
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isAfter(b) ? a : b;
    }

    private static Map<Long, Parts> parts(List<CatalogIndex> indexes) {
        var parents = new HashMap<Long, Long>();
        for (var i : indexes) {
            if (i.parentOid() != null) {
                parents.put(i.indexOid(), i.parentOid());
            }
        }
        var sums = new HashMap<Long, Parts>();
        for (var i : indexes) {
            for (var up = parents.get(i.indexOid()); up != null; up = parents.get(up)) {
                sums.put(up, sums.getOrDefault(up, Parts.NONE).with(i));
            }
        }
        return sums;
    }

    private static IndexShape of(
            CatalogIndex i, CatalogTable table, Map<Long, KeyClass> classes, Parts parts) {
        var numbers = i.attributeNumbers();
        var collations = CatalogIndex.vector(i.collations());
        var orders = CatalogIndex.vector(i.orders());
        var operators = CatalogIndex.vector(i.classes());
        var keys = new ArrayList<Key>(i.keyCount());
        var included = new HashSet<String>();
        int expressions = 0;
        for (int k = 0; k < numbers.length; k++) {
            var expression =
                    numbers[k] != 0 || i.expressions() == null
                            ? null
                            : i.expressions().get(expressions++);
            if (k >= i.keyCount()) {
                included.add(table.column((int) numbers[k]));
                continue;
            }
            var keyClass = classes.getOrDefault(operators[k], new KeyClass(operators[k], 0));
            keys.add(
                    new Key(
                            expression == null ? table.column((int) numbers[k]) : null,
                            expression,
                            keyClass.family(),
                            keyClass.type(),
                            collations[k],
                            (int) orders[k],
                            classOptions(i, k + 1)));
        }
        return new IndexShape(row(i, table, parts), keys, included, i.predicate(), i.options());
    }

    private static @Nullable String classOptions(CatalogIndex index, int position) {
        return index.classOptions() == null
                ? null
                : index.classOptions().stream()
                        .filter(o -> o.startsWith(position + " "))
                        .map(o -> o.substring(o.indexOf(' ') + 1))
                        .findFirst()
                        .orElse(null);
    }

    private static Row row(CatalogIndex i, CatalogTable table, Parts parts) {
        var all = parts.with(i);
        return new Row(
                table.schemaName(),
                table.tableName(),
                i.indexName(),
                i.tableOid(),
                i.indexOid(),
                i.parentOid(),
                i.method(),
                i.isUnique(),
                i.nullsNotDistinct(),
                i.isImmediate(),
                i.isExclusion(),
                i.isValid(),
                i.isUsable(),
                i.isReplicaIdentity(),
                i.isClustered(),
                i.constraintName(),
                i.constraintType(),
                i.servesForeignKey(),
                i.isPartitioned(),
                table.isPartitioned(),
                all.bytes(),
                all.entries(),
                all.scans(),
                all.lastScan(),
                table.mayChange());
    }

    boolean btree() {
        return row.method().equals("btree");
    }

    /// Every column a scan can get out of it without visiting the table.
    Set<String> columns() {
        var all = new HashSet<>(included);
        keys.forEach(
                k -> {
                    if (k.column() != null) {
                        all.add(k.column());
                    }
                });
        return all;
    }

    /// Nothing that is not an index itself would go with it: no foreign key relies on it, logical
    /// replication does not name rows by it, no partitioned index holds it.
    boolean free() {
        return !row.isReplicaIdentity() && !row.servesForeignKey() && !row.isAttached();
    }

    /// `(status, lower(name))`.
    String keyWords() {
        return "(" + String.join(", ", keys.stream().map(Key::words).toList()) + ")";
    }
}
