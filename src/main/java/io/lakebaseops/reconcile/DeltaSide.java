package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.MirrorCatalog;
import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.lakehouse.ReadScope;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The side of a pair that Delta holds, at one version: a mirror as it is, a change feed as its
/// newest row of each key.
final class DeltaSide {
    private static final LakeQuery SUMS = LakeQuery.load("reconcile/delta_sums");
    private static final LakeQuery ROWS = LakeQuery.load("reconcile/delta_rows");
    private static final LakeQuery BOUNDS = LakeQuery.load("reconcile/delta_bounds");
    private static final LakeQuery LATEST = LakeQuery.load("reconcile/delta_latest");
    private static final LakeQuery FEED = LakeQuery.load("reconcile/delta_feed");

    /// Fills the place of the table until the reader names its view there.
    private static final String TABLE = "{mirror}";

    private final MirrorCatalog catalog;
    private final MirrorTable table;
    private final String source;

    private DeltaSide(MirrorCatalog catalog, MirrorTable table, String source) {
        this.catalog = catalog;
        this.table = table;
        this.source = source;
    }

    static DeltaSide ofMirror(MirrorCatalog catalog, MirrorTable table) {
        return new DeltaSide(catalog, table, TABLE);
    }

    static DeltaSide ofFeed(
            MirrorCatalog catalog, MirrorTable table, FeedColumns feed, List<String> key) {
        var keys = key.stream().map(DeltaSide::quoted).collect(Collectors.joining(", "));
        var latest =
                FEED.with(
                        Map.of(
                                "feed", TABLE,
                                "change", quoted(feed.changeType()),
                                "lsn", feed.position(),
                                "order", feed.order(),
                                "until", Long.toString(Long.MAX_VALUE),
                                "key", keys));
        return new DeltaSide(catalog, table, latest.sql());
    }

    MirrorTable table() {
        return table;
    }

    private static String quoted(String column) {
        return Ident.of(column).sql();
    }

    record Bounds(Optional<Long> low, Optional<Long> high, long rows) {}

    Bounds bounds(String key, Deadline deadline) {
        var row =
                query(BOUNDS, Map.of("key", "t." + quoted(key)), Map.of(), deadline)
                        .list()
                        .getFirst();
        return new Bounds(
                Optional.ofNullable((Long) row.get("low")),
                Optional.ofNullable((Long) row.get("high")),
                row.get("row_count") instanceof Long n ? n : 0);
    }

    Rows count(Optional<String> moment, Deadline deadline) {
        var latest =
                moment.map(m -> "max(t." + quoted(m) + ")::TIMESTAMPTZ")
                        .orElse("NULL::TIMESTAMPTZ");
        return query(LATEST, Map.of("moment", latest), Map.of(), deadline);
    }

    /// Of all rows, or of a range of buckets.
    Rows sums(KeyBuckets buckets, String row, int from, int to, Deadline deadline) {
        var where =
                from == 0 && to == buckets.count()
                        ? "true"
                        : "%s BETWEEN %d AND %d".formatted(buckets.duck(), from, to - 1);
        var pieces = Map.of("bucket", buckets.duck(), "row", row, "where", where);
        return query(SUMS, pieces, Map.of(), deadline);
    }

    List<ComparedRow> rows(
            KeyBuckets buckets,
            Collection<Integer> of,
            List<ComparedColumn> columns,
            Deadline deadline) {
        var pieces =
                Map.of(
                        "bucket", buckets.duck(),
                        "canonical", list(columns.stream().map(ComparedColumn::duck)),
                        "shown", list(columns.stream().map(ComparedColumn::shownInDuck)));
        var wanted = of.stream().map(String::valueOf).collect(Collectors.joining(","));
        return query(ROWS, pieces, Map.of("buckets", wanted), deadline).list().stream()
                .map(ComparedRow::of)
                .toList();
    }

    private static String list(Stream<String> parts) {
        return parts.collect(Collectors.joining(", "));
    }

    Rows query(
            LakeQuery query, Map<String, String> pieces, Map<String, ?> values, Deadline deadline) {
        var all = new HashMap<>(pieces);
        all.put("source", source);
        return catalog.query(
                query.with(all).at("mirror", table.name()),
                values,
                ReadScope.ALL.asOf(table.name(), table.version()),
                deadline);
    }
}
