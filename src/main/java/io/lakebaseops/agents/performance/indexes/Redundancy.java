package io.lakebaseops.agents.performance.indexes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An index that is superfluous because another one of its table does all it does. Strict: wherever
/// the two could differ for any query or constraint, there is no pair.
///
/// @param redundant the one to drop
/// @param keep the one that does its work; never itself redundant
record Redundancy(IndexShape redundant, IndexShape keep, Kind kind) {
    enum Kind {
        /// The same keys over the same rows, nothing more.
        SAME,
        /// The other one carries further columns, so it is larger and cannot merge equal keys.
        NARROWER,
        /// Its keys are the first keys of the other.
        PREFIX,
        /// It repeats the primary key, but foreign keys refer to it: those must be moved first.
        REFERENCED
    }

    /// What may never be dropped first, then what people chose on purpose, then the older.
    private static final Comparator<IndexShape> WORTH =
            Comparator.<IndexShape, Boolean>comparing(i -> i.row().isAttached())
                    .thenComparing(i -> "p".equals(i.row().constraintType()))
                    .thenComparing(i -> i.row().constraintName() != null)
                    .thenComparing(i -> i.row().servesForeignKey())
                    .thenComparing(i -> i.row().isReplicaIdentity())
                    .thenComparing(i -> i.row().isUnique())
                    .thenComparingInt(i -> i.included().size())
                    .thenComparing(i -> i.row().isClustered())
                    .thenComparingLong(i -> -i.row().indexOid());

    String kindWord() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// @param indexes all indexes of one table
    static List<Redundancy> among(List<IndexShape> indexes) {
        var usable = indexes.stream().filter(i -> i.row().isUsable()).toList();
        var superfluous =
                usable.stream()
                        .filter(i -> usable.stream().anyMatch(k -> replaces(k, i).isPresent()))
                        .collect(Collectors.toSet());
        var found = new ArrayList<Redundancy>();
        for (var index : usable) {
            if (superfluous.contains(index)) {
                keeper(index, usable, superfluous).ifPresent(found::add);
            } else {
                usable.stream()
                        .filter(k -> repeatsPrimaryKey(k, index))
                        .findFirst()
                        .map(k -> new Redundancy(index, k, Kind.REFERENCED))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Redundancy> keeper(
            IndexShape index, List<IndexShape> usable, Set<IndexShape> superfluous) {
        return usable.stream()
                .filter(k -> !superfluous.contains(k))
                .flatMap(
                        k ->
                                replaces(k, index)
                                        .map(kind -> new Redundancy(index, k, kind))
                                        .stream())
                .max(
                        Comparator.comparing(Redundancy::kind, Comparator.reverseOrder())
                                .thenComparing(Redundancy::keep, WORTH));
    }

    /// Only to the primary key can a foreign key be moved for certain: it is what one refers to
    /// that names no column.
    private static boolean repeatsPrimaryKey(IndexShape keep, IndexShape drop) {
        return "p".equals(keep.row().constraintType())
                && keep.row().indexOid() != drop.row().indexOid()
                && drop.row().servesForeignKey()
                && !drop.row().isReplicaIdentity()
                && !drop.row().isAttached()
                && keep.keys().equals(drop.keys())
                && covers(keep, drop);
    }

    /// Does `keep` do everything `drop` does, and is `drop` free to go?
    static Optional<Kind> replaces(IndexShape keep, IndexShape drop) {
        if (keep.row().indexOid() == drop.row().indexOid() || !drop.free() || !covers(keep, drop)) {
            return Optional.empty();
        }
        if (!keep.keys().equals(drop.keys())) {
            return Optional.of(Kind.PREFIX);
        }
        // Where either could replace the other, the worthier one stays.
        boolean mutual = keep.free() && covers(drop, keep);
        if (mutual && WORTH.compare(keep, drop) <= 0) {
            return Optional.empty();
        }
        return Optional.of(keep.included().equals(drop.included()) ? Kind.SAME : Kind.NARROWER);
    }

    private static boolean covers(IndexShape keep, IndexShape drop) {
        return keep.row().method().equals(drop.row().method())
                && Objects.equals(keep.predicate(), drop.predicate())
                && keep.columns().containsAll(drop.included())
                && enforces(keep, drop)
                && (keep.keys().equals(drop.keys()) ? sameOptions(keep, drop) : prefix(keep, drop));
    }

    /// Outside btree, options change what an index can do (BRIN ranges, signature lengths).
    private static boolean sameOptions(IndexShape keep, IndexShape drop) {
        return keep.btree() || keep.options().equals(drop.options());
    }

    private static boolean prefix(IndexShape keep, IndexShape drop) {
        int length = drop.keys().size();
        return drop.btree()
                && !drop.row().isUnique()
                && length < keep.keys().size()
                && keep.keys().subList(0, length).equals(drop.keys());
    }

    /// Uniqueness, nulls and the moment of checking must be no weaker in the one that stays; a
    /// primary key or an exclusion constraint is never given up, a unique one only for another.
    private static boolean enforces(IndexShape keep, IndexShape drop) {
        var k = keep.row();
        var d = drop.row();
        if (d.constraintType() != null
                && !(d.constraintType().equals("u") && k.constraintType() != null)) {
            return false;
        }
        return !d.isUnique()
                || (k.isUnique()
                        && k.nullsNotDistinct() == d.nullsNotDistinct()
                        && k.isImmediate() == d.isImmediate()
                        && keep.keys().size() == drop.keys().size());
    }
}
