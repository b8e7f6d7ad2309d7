package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.MirrorCatalog;
import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// Compares pairs of tables: counts them, or finds the keys that differ.
public final class Reconciler {
    /// More are counted and not kept: such a pair is to be synced anew.
    public static final int MOST_KEYS = 5_000;

    private final Targets targets;
    private final SqlLibrary sql;
    private final MirrorCatalog catalog;
    private final ExecutorService background;
    private final Clock clock;

    /// @param background runs the reading of Delta beside that of PostgreSQL
    public Reconciler(
            Targets targets,
            SqlLibrary sql,
            MirrorCatalog catalog,
            ExecutorService background,
            Clock clock) {
        this.targets = targets;
        this.sql = sql;
        this.catalog = catalog;
        this.background = background;
        this.clock = clock;
    }

    public MirrorCatalog catalog() {
        return catalog;
    }

    /// The columns of both sides agree in name, and every column of the key has a form.
    public boolean alike(TablePair pair, Deadline deadline) {
        var side = new PostgresSide(targets, sql, pair);
        try (var pinned = side.pin(deadline)) {
            var columns = side.shape(pinned.session());
            return Comparison.of(columns, catalog.latest(pair.mirror()), pair).isPresent();
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.NOT_FOUND
                    || e.kind() == OpsException.Kind.UNSUPPORTED
                    || e.kind() == OpsException.Kind.DENIED) {
                return false;
            }
            throw e;
        }
    }

    /// Delta first: all of its version is then in the snapshot, and only PostgreSQL may be ahead.
    public PairCount count(TablePair pair, @Nullable String moment, Deadline deadline) {
        var mirror = catalog.latest(pair.mirror());
        var side = new PostgresSide(targets, sql, pair);
        try (var pinned = side.pin(deadline)) {
            var columns = side.shape(pinned.session());
            var delta = delta(pair, mirror, columns);
            var by =
                    SourceColumn.moment(columns, moment)
                            .map(SourceColumn::columnName)
                            .filter(n -> mirror.column(n).isPresent());
            var there = first(side.count(pinned.session(), by));
            var here = first(delta.count(by, deadline));
            return new PairCount(
                    pinned.point(),
                    mirror.version(),
                    mirror.committedAt(),
                    (Long) there.getOrDefault("row_count", 0L),
                    (Long) here.getOrDefault("row_count", 0L),
                    by.orElse(null),
                    there.get("latest") instanceof Instant at ? at : null,
                    here.get("latest") instanceof Instant at ? at : null);
        }
    }

    private static Map<String, @Nullable Object> first(Rows rows) {
        return rows.list().getFirst();
    }

    private DeltaSide delta(TablePair pair, MirrorTable mirror, List<SourceColumn> columns) {
        return switch (pair.kind()) {
            case MIRROR -> DeltaSide.ofMirror(catalog, mirror);
            case CHANGE_FEED ->
                    DeltaSide.ofFeed(
                            catalog,
                            mirror,
                            FeedColumns.of(mirror)
                                    .orElseThrow(
                                            () ->
                                                    new OpsException(
                                                            OpsException.Kind.UNSUPPORTED,
                                                            "Compare " + pair.source(),
                                                            pair.mirror()
                                                                    + " has no change type and LSN",
                                                            "name the pair a mirror")),
                            SourceColumn.key(columns).stream()
                                    .map(SourceColumn::columnName)
                                    .toList());
        };
    }

    /// Whether a table of the catalog is an append-only change feed.
    public TablePair.Kind kind(TableName mirror) {
        return FeedColumns.of(catalog.latest(mirror)).isPresent()
                ? TablePair.Kind.CHANGE_FEED
                : TablePair.Kind.MIRROR;
    }

    /// Down to the keys. What the deadline cuts short fails with what it was about.
    public PairCheck check(
            TablePair pair, CheckOptions options, CheckMonitor monitor, Deadline deadline) {
        var mirror = catalog.latest(pair.mirror());
        var side = new PostgresSide(targets, sql, pair);
        var started = clock.instant();
        List<SourceColumn> columns;
        SnapshotPoint point;
        Comparison comparison;
        Optional<PostgresSide.Bounds> bounds = Optional.empty();
        try (var pinned = side.pin(deadline)) {
            point = pinned.point();
            if (!point.encoding().equals("UTF8")) {
                throw side.refused(
                        OpsException.Kind.UNSUPPORTED,
                        "the database is encoded in " + point.encoding() + ", Delta in UTF8",
                        "convert the database to UTF8");
            }
            columns = side.shape(pinned.session());
            comparison =
                    Comparison.of(columns, mirror, pair)
                            .orElseThrow(
                                    () ->
                                            side.refused(
                                                    OpsException.Kind.UNSUPPORTED,
                                                    "a column of its primary key is not in Delta in"
                                                            + " a form that can be compared",
                                                    "look at the types of both sides"));
            if (comparison.wholeKey()) {
                bounds = side.bounds(pinned.session(), comparison.keyColumn().name());
            }
        }
        var delta = delta(pair, mirror, columns);
        var notes = new ArrayList<>(comparison.notes());
        notes.addAll(SyncLimits.of(columns, mirror, pair));
        return new RunningCheck(
                        side,
                        delta,
                        () -> delta(pair, catalog.latest(pair.mirror()), columns),
                        comparison,
                        columns,
                        point,
                        options,
                        monitor,
                        deadline,
                        background,
                        clock)
                .run(bounds, started, notes);
    }
}
