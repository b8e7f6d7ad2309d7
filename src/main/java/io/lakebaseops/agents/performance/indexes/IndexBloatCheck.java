package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Estimates the large B-trees of a database, and measures what looks bloated where it may.
final class IndexBloatCheck {
    /// The statistics of more would take longer than they are worth; the largest come first.
    private static final int MOST = 2_000;

    /// Measuring reads the index; so much of it a run.
    private static final long MEASURED_BYTES = 2L << 30;

    private static final int MEASURED_INDEXES = 20;

    private final IndexCatalog catalog;
    private final ReadSession session;
    private final ToolContext context;
    private final List<String> caveats = new ArrayList<>();
    private int checked;

    IndexBloatCheck(IndexCatalog catalog, ReadSession session, ToolContext context) {
        this.catalog = catalog;
        this.session = session;
        this.context = context;
    }

    /// The bloated parts of one index, the worst first.
    ///
    /// @param top the index itself, or the partitioned one its parts belong to
    record OfIndex(IndexShape top, List<IndexBloat> parts) {
        OfIndex {
            parts = List.copyOf(parts);
        }
    }

    int checked() {
        return checked;
    }

    List<String> caveats() {
        return List.copyOf(caveats);
    }

    static boolean estimable(IndexShape i) {
        return i.btree() && i.row().isUsable() && !i.row().isPartitioned();
    }

    /// @param ratio of actual to expected size, from which an index counts as bloated
    List<IndexBloat> bloated(double ratio) {
        var large =
                catalog.indexes().stream()
                        .filter(IndexBloatCheck::estimable)
                        .filter(i -> i.row().indexBytes() >= IndexSteps.WASTE_FROM_BYTES)
                        .sorted(
                                Comparator.comparingLong((IndexShape i) -> i.row().indexBytes())
                                        .reversed())
                        .toList();
        var looked = large.subList(0, Math.min(MOST, large.size()));
        if (looked.size() < large.size()) {
            caveats.add(
                    "%s: the %,d largest of %,d indexes were estimated"
                            .formatted(catalog.database(), looked.size(), large.size()));
        }
        checked = looked.size();
        if (looked.isEmpty()) {
            return List.of();
        }
        var estimates = estimates(looked);
        return measured(
                        estimates.stream()
                                .filter(b -> b.leastRatio() >= ratio)
                                .filter(b -> b.wastedBytes() >= IndexSteps.WASTE_FROM_BYTES)
                                .sorted(
                                        Comparator.comparingLong(IndexBloat::wastedBytes)
                                                .reversed())
                                .toList())
                .stream()
                .filter(b -> b.ratio() >= ratio)
                .toList();
    }

    private List<IndexBloat> estimates(List<IndexShape> indexes) {
        var estimates = estimates(session, indexes);
        if (estimates.size() < indexes.size()) {
            var known = estimates.stream().map(IndexBloat::index).collect(Collectors.toSet());
            var hidden =
                    indexes.stream()
                            .filter(i -> !known.contains(i))
                            .map(catalog::tableOf)
                            .filter(t -> !t.mayRead())
                            .distinct()
                            .toList();
            caveats.add(
                    "%s: %d large indexes cannot be estimated: %s"
                            .formatted(
                                    catalog.database(),
                                    indexes.size() - estimates.size(),
                                    hidden.isEmpty()
                                            ? "there are no statistics of a column (ANALYZE)"
                                            : "column statistics are hidden from this login: "
                                                    + MissingRight.select(session, hidden)));
        }
        return estimates;
    }

    /// Those that can be estimated.
    static List<IndexBloat> estimates(ReadSession session, List<IndexShape> indexes) {
        var columns =
                session
                        .query(
                                IndexSql.KEY_STATISTICS,
                                Map.of(
                                        "index_oids",
                                        indexes.stream().map(i -> i.row().indexOid()).toList()),
                                KeyStatistics.class)
                        .stream()
                        .collect(Collectors.groupingBy(KeyStatistics::indexOid));
        return indexes.stream()
                .map(
                        i ->
                                IndexBloat.estimate(
                                        i, columns.getOrDefault(i.row().indexOid(), List.of())))
                .filter(Objects::nonNull)
                .toList();
    }

    private List<IndexBloat> measured(List<IndexBloat> suspects) {
        var can = session.capabilities();
        if (suspects.isEmpty()) {
            return suspects;
        }
        if (!can.has("pgstattuple")) {
            caveats.add(
                    "%s: estimated only; with the extension pgstattuple what looks bloated is measured: %s"
                            .formatted(
                                    catalog.database(),
                                    MissingRight.extension(session, "pgstattuple")));
            return suspects;
        }
        if (!can.superuser()
                && !can.canMonitor()
                && !can.memberOf().contains("pg_stat_scan_tables")) {
            caveats.add(
                    "%s: pgstattuple is installed, but this login may not measure with it: %s"
                            .formatted(
                                    catalog.database(),
                                    MissingRight.role(session, "pg_stat_scan_tables")));
            return suspects;
        }
        var known = new ArrayList<IndexBloat>();
        long left = MEASURED_BYTES;
        for (var suspect : suspects) {
            boolean measure = known.size() < MEASURED_INDEXES && suspect.bytes() <= left;
            left -= measure ? suspect.bytes() : 0;
            known.add(measure ? measured(suspect) : suspect);
        }
        return known;
    }

    private IndexBloat measured(IndexBloat suspect) {
        try {
            return suspect.measuredAs(
                    session.query(
                                    IndexSql.MEASURED,
                                    Map.of("index_oid", suspect.index().row().indexOid()),
                                    IndexBloat.Measured.class)
                            .getFirst());
        } catch (OpsException e) {
            if (PerDatabase.endsAll(e, context)) {
                throw e;
            }
            caveats.add(
                    "%s: %s is not measured: %s"
                            .formatted(
                                    catalog.database(),
                                    suspect.index().row().indexName(),
                                    e.why()));
            return suspect;
        }
    }

    /// The parts of a partitioned index are one finding at the top.
    List<OfIndex> byIndex(List<IndexBloat> bloated) {
        var byOid = new HashMap<Long, IndexShape>();
        catalog.indexes().forEach(i -> byOid.put(i.row().indexOid(), i));
        var groups = new LinkedHashMap<IndexShape, List<IndexBloat>>();
        for (var b : bloated) {
            var top = b.index();
            for (var up = top.row().parentOid(); up != null; up = top.row().parentOid()) {
                var above = byOid.get(up);
                if (above == null) {
                    break;
                }
                top = above;
            }
            groups.computeIfAbsent(top, _ -> new ArrayList<>()).add(b);
        }
        return groups.entrySet().stream().map(e -> new OfIndex(e.getKey(), e.getValue())).toList();
    }
}
