package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.SnapshotSession;
import io.lakebaseops.postgres.SqlFragment;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.reconcile.KeyBuckets.ByHash;
import io.lakebaseops.reconcile.KeyBuckets.ByRange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The side of a pair that PostgreSQL holds: what is asked of it, and in which words.
final class PostgresSide {
    private static final SqlName START = SqlName.of("reconcile/snapshot_start");
    private static final SqlName SHAPE = SqlName.of("reconcile/table_shape");
    private static final SqlName BOUNDS = SqlName.of("reconcile/key_bounds");
    private static final SqlName COUNT = SqlName.of("reconcile/count_rows");
    private static final SqlName LATEST = SqlName.of("reconcile/latest_change");
    private static final SqlName SUMS = SqlName.of("reconcile/bucket_sums");
    private static final SqlName SUMS_BY_KEY = SqlName.of("reconcile/bucket_sums_by_key");
    private static final SqlName SUMS_BY_BLOCK = SqlName.of("reconcile/bucket_sums_by_block");
    private static final SqlName ROWS_BY_KEY = SqlName.of("reconcile/rows_by_key");
    private static final SqlName ROWS_BY_BUCKET = SqlName.of("reconcile/rows_by_bucket");

    private final Targets targets;
    private final SqlLibrary sql;
    private final TablePair pair;
    private final Ident table;

    PostgresSide(Targets targets, SqlLibrary sql, TablePair pair) {
        this.targets = targets;
        this.sql = sql;
        this.pair = pair;
        this.table = Ident.of(pair.schema(), pair.table());
    }

    /// A snapshot with the point it stands at.
    record Pinned(SnapshotSession session, SnapshotPoint point) implements AutoCloseable {
        @Override
        public void close() {
            session.close();
        }
    }

    Pinned pin(Deadline deadline) {
        var session = targets.snapshot(pair.target(), pair.database(), deadline);
        boolean good = false;
        try {
            var point = session.query(START, Map.of(), SnapshotPoint.class).getFirst();
            good = true;
            return new Pinned(session, point);
        } finally {
            if (!good) {
                session.close();
            }
        }
    }

    /// @throws OpsException if the table is not there, cannot be read, or has no primary key
    List<SourceColumn> shape(SnapshotSession session) {
        var values = Map.of("schema_name", pair.schema(), "table_name", pair.table());
        var columns = session.query(SHAPE, values, SourceColumn.class);
        if (columns.isEmpty()) {
            throw refused(
                    OpsException.Kind.NOT_FOUND,
                    "there is no such table",
                    "look at the pair again");
        }
        if (!columns.getFirst().mayRead()) {
            throw refused(
                    OpsException.Kind.DENIED,
                    "PostgreSQL refuses to read it",
                    "GRANT SELECT ON %s TO the role of the connection".formatted(table.sql()));
        }
        if (SourceColumn.key(columns).isEmpty()) {
            throw refused(
                    OpsException.Kind.UNSUPPORTED,
                    "it has no primary key, so rows cannot be told apart",
                    "add a primary key, or REPLICA IDENTITY USING a unique index on columns that are"
                            + " NOT NULL and make it the primary key");
        }
        return columns;
    }

    OpsException refused(OpsException.Kind kind, String why, String remedy) {
        return new OpsException(kind, "Compare " + pair.source(), why, remedy);
    }

    record Bounds(long low, long high) {}

    Optional<Bounds> bounds(SnapshotSession session, String key) {
        var row =
                session.query(
                                sql.render(BOUNDS, Map.of("table", table, "key", Ident.of(key))),
                                Map.of())
                        .list()
                        .getFirst();
        return row.get("low") instanceof Long low && row.get("high") instanceof Long high
                ? Optional.of(new Bounds(low, high))
                : Optional.empty();
    }

    Rows count(SnapshotSession session, Optional<String> moment) {
        var text =
                moment.isEmpty()
                        ? sql.render(COUNT, Map.of("table", table))
                        : sql.render(
                                LATEST, Map.of("table", table, "moment", Ident.of(moment.get())));
        return session.query(text, Map.of());
    }

    Rows sums(SnapshotSession session, KeyBuckets buckets, SqlFragment row, long from, long to) {
        if (!(buckets instanceof ByRange range)) {
            throw new IllegalArgumentException("Only ranges are read by key");
        }
        var text =
                sql.renderWith(
                        SUMS_BY_KEY,
                        Map.of("table", table, "key", Ident.of(range.column())),
                        Map.of("bucket", buckets.postgres(), "row", row));
        return session.query(text, Map.of("from_key", from, "to_key", to));
    }

    Rows sumsOfPages(
            SnapshotSession session, KeyBuckets buckets, SqlFragment row, long from, long to) {
        var text =
                sql.renderWith(
                        SUMS_BY_BLOCK,
                        Map.of("table", table),
                        Map.of("bucket", buckets.postgres(), "row", row));
        return session.query(
                text,
                Map.of(
                        "from_row", "(" + from + ",0)",
                        "to_row", "(" + Math.min(to, MOST_PAGES) + ",0)"));
    }

    /// The highest block number.
    private static final long MOST_PAGES = 4_294_967_294L;

    Rows allSums(SnapshotSession session, KeyBuckets buckets, SqlFragment row) {
        var text =
                sql.renderWith(
                        SUMS,
                        Map.of("table", table),
                        Map.of("bucket", buckets.postgres(), "row", row));
        return session.query(text, Map.of());
    }

    List<ComparedRow> rows(
            SnapshotSession session,
            KeyBuckets buckets,
            Collection<Integer> of,
            List<ComparedColumn> columns) {
        var canonical = SqlFragment.list(columns.stream().map(ComparedColumn::postgres).toList());
        var shown =
                SqlFragment.list(columns.stream().map(ComparedColumn::shownInPostgres).toList());
        var rows =
                switch (buckets) {
                    case ByRange range -> {
                        var text =
                                sql.renderWith(
                                        ROWS_BY_KEY,
                                        Map.of("table", table, "key", Ident.of(range.column())),
                                        Map.of("canonical", canonical, "shown", shown));
                        var lows = new ArrayList<Long>();
                        var highs = new ArrayList<Long>();
                        of.forEach(
                                b -> {
                                    lows.add(range.from(b));
                                    highs.add(range.to(b));
                                });
                        yield session.query(text, Map.of("lows", lows, "highs", highs));
                    }
                    case ByHash hash ->
                            session.query(
                                    sql.renderWith(
                                            ROWS_BY_BUCKET,
                                            Map.of("table", table),
                                            Map.of(
                                                    "bucket", hash.postgres(),
                                                    "canonical", canonical,
                                                    "shown", shown)),
                                    Map.of("buckets", List.copyOf(of)));
                };
        return rows.list().stream().map(ComparedRow::of).toList();
    }
}
