package io.lakebaseops.agents.performance.indexes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The foreign keys of a database that lack an index. A partitioned table's key is served by an
/// index of its own or when every partition has one; it is told about once, at the top.
final class ForeignKeyCover {
    private final Map<Long, List<ForeignKey>> partitions;
    private final List<ForeignKey> keys;

    private ForeignKeyCover(List<ForeignKey> all) {
        keys = all.stream().filter(k -> !k.isCopy()).toList();
        partitions =
                keys.stream()
                        .filter(k -> k.parentConstraintOid() != null)
                        .collect(Collectors.groupingBy(k -> (long) parent(k)));
    }

    private static long parent(ForeignKey k) {
        var oid = k.parentConstraintOid();
        return oid == null ? 0 : oid;
    }

    /// @param childRows of the table with all its partitions
    /// @param sameColumns other foreign keys on the same columns, which the same index would serve
    record Missing(
            ForeignKey key,
            long childRows,
            long childBytes,
            long childChanges,
            List<String> sameColumns) {
        Missing {
            sameColumns = List.copyOf(sameColumns);
        }

        /// What a delete in the parent costs now, times how often it happens.
        double weight() {
            return (1.0 + key.parentChanges()) * (1 + childBytes);
        }
    }

    /// The heaviest first.
    static List<Missing> missing(List<ForeignKey> all) {
        var cover = new ForeignKeyCover(all);
        var byColumns = new LinkedHashMap<String, List<ForeignKey>>();
        for (var key : cover.keys) {
            if (key.parentConstraintOid() == null && !cover.served(key)) {
                var columns = key.columns().stream().sorted().toList();
                byColumns
                        .computeIfAbsent(key.tableOid() + " " + columns, _ -> new ArrayList<>())
                        .add(key);
            }
        }
        return byColumns.values().stream()
                .map(cover::one)
                .sorted(Comparator.comparingDouble(Missing::weight).reversed())
                .toList();
    }

    private Missing one(List<ForeignKey> same) {
        var key =
                same.stream()
                        .max(Comparator.comparingLong(ForeignKey::parentChanges))
                        .orElseThrow();
        return new Missing(
                key,
                sum(key, ForeignKey::childRows),
                sum(key, ForeignKey::childBytes),
                sum(key, ForeignKey::childChanges),
                same.stream()
                        .map(ForeignKey::constraintName)
                        .filter(n -> !n.equals(key.constraintName()))
                        .toList());
    }

    private boolean served(ForeignKey key) {
        if (key.servedHere()) {
            return true;
        }
        var parts = partitions.getOrDefault(key.constraintOid(), List.of());
        return key.isPartitioned() && !parts.isEmpty() && parts.stream().allMatch(this::served);
    }

    private long sum(ForeignKey key, ToLongFunction<ForeignKey> figure) {
        var parts = partitions.getOrDefault(key.constraintOid(), List.of());
        return key.isPartitioned()
                ? parts.stream().mapToLong(p -> sum(p, figure)).sum()
                : figure.applyAsLong(key);
    }
}
