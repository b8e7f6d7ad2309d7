package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.IdleIndex.Grade;
import io.lakebaseops.domain.Format;
import io.lakebaseops.lakehouse.history.IndexIdle;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Judges which indexes nobody uses. What enforces something, names rows for replication or belongs
/// to a partitioned index is never among them, and no counter is believed for longer than it has
/// counted.
final class UnusedIndexCheck {
    /// A year and a month: yearly jobs, and the one that came late.
    private static final Duration YEAR = Duration.ofDays(396);

    private final IndexCatalog catalog;
    private final Map<Long, Instant> firstSeenIdle;
    private final Map<Long, IndexIdle> history;
    private final Duration wanted;
    private final Map<Long, List<ForeignKey>> keys;
    private final Map<Long, List<CatalogTable>> parts;
    private final @Nullable Instant counted;

    /// @param history what is stored of the scans of indexes, by OID
    UnusedIndexCheck(
            IndexCatalog catalog,
            Map<Long, Instant> firstSeenIdle,
            Map<Long, IndexIdle> history,
            Duration wanted) {
        this.history = Map.copyOf(history);
        this.catalog = catalog;
        this.firstSeenIdle = Map.copyOf(firstSeenIdle);
        this.wanted = wanted;
        keys =
                catalog.foreignKeys().stream()
                        .filter(k -> !k.isCopy())
                        .collect(Collectors.groupingBy(ForeignKey::tableOid));
        parts =
                catalog.tables().values().stream()
                        .filter(t -> t.parentOid() != null)
                        .collect(Collectors.groupingBy(t -> Objects.requireNonNull(t.parentOid())));
        counted = catalog.countedSince();
    }

    /// @param idle long enough, the largest first
    /// @param waiting those without a scan that have not been watched long enough
    record Verdict(List<IdleIndex> idle, List<IdleIndex> waiting) {
        Verdict {
            idle = List.copyOf(idle);
            waiting = List.copyOf(waiting);
        }
    }

    Verdict judge() {
        var idle = new ArrayList<IdleIndex>();
        var waiting = new ArrayList<IdleIndex>();
        catalog.byTable()
                .values()
                .forEach(
                        all ->
                                all.stream()
                                        .filter(UnusedIndexCheck::mayBeUseless)
                                        .map(i -> judge(i, all))
                                        .filter(Objects::nonNull)
                                        .forEach(i -> (isLong(i) ? idle : waiting).add(i)));
        var largest =
                Comparator.comparingLong((IdleIndex i) -> i.index().row().indexBytes()).reversed();
        idle.sort(largest);
        waiting.sort(largest);
        return new Verdict(idle, waiting);
    }

    /// What was scanned within a day is in use, however few days are asked for.
    private boolean isLong(IdleIndex i) {
        return i.idle().compareTo(wanted) >= 0
                && (i.lastScan() == null || i.idle().compareTo(Duration.ofDays(1)) >= 0);
    }

    /// Indexes that show no scan at all; since when, only our own notes know.
    static List<Long> withoutScan(IndexCatalog catalog) {
        return catalog.indexes().stream()
                .filter(UnusedIndexCheck::mayBeUseless)
                .map(IndexShape::row)
                .filter(r -> r.lastIdxScan() == null && r.scans() == 0)
                .map(IndexShape.Row::indexOid)
                .toList();
    }

    /// Whether queries are all it could be there for.
    private static boolean mayBeUseless(IndexShape i) {
        var r = i.row();
        return r.isUsable()
                && !r.isAttached()
                && !r.isUnique()
                && !r.isExclusion()
                && r.constraintName() == null
                && !r.servesForeignKey()
                && !r.isReplicaIdentity()
                && r.indexBytes() >= IndexSteps.WASTE_FROM_BYTES;
    }

    private @Nullable IdleIndex judge(IndexShape index, List<IndexShape> ofTable) {
        var row = index.row();
        var at = catalog.counting().at();
        if (row.scans() > 0 && row.lastIdxScan() == null
                || ofTable.stream().anyMatch(i -> standsInFor(index, i))) {
            return null;
        }
        var watched = watched(row);
        var since =
                ofTable.stream()
                        .filter(i -> i != index && Redundancy.replaces(index, i).isPresent())
                        .map(i -> idleSince(i.row()))
                        .reduce(idleSince(row), (x, y) -> x.isAfter(y) ? x : y);
        var idle = Duration.between(since, at);
        var table = catalog.tableOf(index);
        var doubts = doubts(index, watched, table, ofTable);
        var key = onlyServes(index, ofTable);
        var grade =
                !doubts.isEmpty()
                        ? Grade.INCONCLUSIVE
                        : idle.compareTo(YEAR) > 0 ? Grade.PROVEN : Grade.CHECK_THE_CODE;
        return new IdleIndex(
                index,
                table,
                writes(table),
                since,
                row.lastIdxScan(),
                idle,
                grade,
                key,
                // The history of this index does not prove a moment that another one sets.
                since.equals(idleSince(row)) ? watched : null,
                doubts);
    }

    /// What our history adds to the counters: an earlier moment from which on no scan was missed,
    /// or how the index was used before. Null when it adds nothing that can be relied on.
    private @Nullable IndexIdle watched(IndexShape.Row row) {
        var counters = counters(row);
        var known = history.get(row.indexOid());
        var at = catalog.counting().at();
        if (known == null || !known.seen(counted, at)) {
            return null;
        }
        return known.lastUsed() != null || known.since().isBefore(counters) ? known : null;
    }

    /// Since when an index is not scanned, by its counters and our history. Scans that could have
    /// come to an index go to one that does less while that is there, so it is idle for no longer
    /// than that one is known to be: the other may have been built just now.
    private Instant idleSince(IndexShape.Row row) {
        var counters = counters(row);
        var watched = watched(row);
        return watched != null && row.lastIdxScan() == null && watched.since().isBefore(counters)
                ? watched.since()
                : counters;
    }

    private Instant counters(IndexShape.Row row) {
        return row.lastIdxScan() == null ? neverSince(row.indexOid()) : row.lastIdxScan();
    }

    /// Another index of the table does less than this one and is used: if that goes as a duplicate,
    /// its scans come here, so this one is no less in use than that.
    private boolean standsInFor(IndexShape index, IndexShape other) {
        return (other.row().scans() > 0 || other.row().lastIdxScan() != null)
                && Redundancy.replaces(index, other).isPresent();
    }

    /// The later of the moments from which on no scan could have been missed.
    private Instant neverSince(long index) {
        var at = catalog.counting().at();
        var seen = firstSeenIdle.getOrDefault(index, at);
        return counted == null || counted.isBefore(seen) ? seen : counted;
    }

    private List<String> doubts(
            IndexShape index,
            @Nullable IndexIdle watched,
            CatalogTable table,
            List<IndexShape> ofTable) {
        var doubts = new ArrayList<String>();
        var row = index.row();
        if (catalog.counting().standbys() > 0) {
            doubts.add(
                    "%s may scan it; only they count that"
                            .formatted(
                                    Format.count(catalog.counting().standbys(), "standby server")));
        }
        var at = catalog.counting().at();
        boolean ended = watched != null && watched.ended(at);
        if (watched != null && watched.lastUsed() != null && row.lastIdxScan() == null && !ended) {
            doubts.add(
                    "it was scanned on %d of %d days before, last on %s: a monthly or yearly job may need it"
                            .formatted(
                                    watched.looksUsed(),
                                    watched.looksBefore(),
                                    Format.utc(watched.lastUsed())));
        }
        if (row.lastIdxScan() != null && !ended) {
            var idle = Duration.between(row.lastIdxScan(), at);
            if (idle.compareTo(YEAR) <= 0) {
                doubts.add(
                        "it was scanned %s times before, last on %s: a monthly or yearly job may need it"
                                .formatted(
                                        Format.grouped(row.scans()),
                                        Format.utc(row.lastIdxScan())));
            }
        }
        if (index.keys().stream().anyMatch(k -> k.column() == null)) {
            doubts.add(
                    "ANALYZE keeps statistics of its expression, which estimates use without"
                            + " scanning it; CREATE STATISTICS can take their place");
        }
        if (row.isClustered()) {
            doubts.add("CLUSTER without USING sorts the table by it");
        }
        boolean read =
                table.seqScans() > 0
                        || ofTable.stream().anyMatch(i -> i.row().scans() > 0)
                        || partsRead(table.tableOid());
        if (!read) {
            doubts.add("nothing at all read the table in that time, so nothing is shown");
        }
        return doubts;
    }

    /// A partitioned table itself counts none.
    private long writes(CatalogTable table) {
        return table.indexWrites()
                + parts.getOrDefault(table.tableOid(), List.of()).stream()
                        .mapToLong(this::writes)
                        .sum();
    }

    private boolean partsRead(long parent) {
        return parts.getOrDefault(parent, List.of()).stream()
                .anyMatch(t -> t.seqScans() > 0 || partsRead(t.tableOid()));
    }

    /// The foreign key whose child rows no other usable index of the table finds.
    private @Nullable String onlyServes(IndexShape index, List<IndexShape> ofTable) {
        return keys.getOrDefault(index.row().tableOid(), List.of()).stream()
                .filter(k -> leads(index, k))
                .filter(
                        k ->
                                ofTable.stream()
                                        .filter(i -> i != index && i.row().isUsable())
                                        .filter(i -> i.predicate() == null)
                                        .noneMatch(i -> leads(i, k)))
                .map(ForeignKey::constraintName)
                .findFirst()
                .orElse(null);
    }

    private static boolean leads(IndexShape index, ForeignKey key) {
        int n = key.columns().size();
        boolean method = index.btree() || index.row().method().equals("hash") && n == 1;
        return method
                && index.keys().size() >= n
                && index.keys().subList(0, n).stream().allMatch(k -> k.column() != null)
                && new HashSet<>(key.columns())
                        .equals(
                                new HashSet<>(
                                        index.keys().subList(0, n).stream()
                                                .map(IndexShape.Key::column)
                                                .toList()));
    }
}
