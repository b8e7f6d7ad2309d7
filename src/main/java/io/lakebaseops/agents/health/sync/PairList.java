package io.lakebaseops.agents.health.sync;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.reconcile.CheckOptions;
import io.lakebaseops.reconcile.Reconciler;
import io.lakebaseops.reconcile.TablePair;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.SyncPairs;
import io.lakebaseops.state.SyncPairs.SyncPairRow;
import io.lakebaseops.state.SyncPairs.Truth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pairs of a target: those a person set, and those found by their names, which nobody decided
/// about yet.
public final class PairList {
    private static final SqlName TABLES = SqlName.of("sync/synced_tables");
    private static final String FEED_BEFORE = "lb_";
    private static final String FEED_AFTER = "_history";

    private final SyncPairs store;
    private final Reconciler reconciler;
    private final Targets targets;

    public PairList(SyncPairs store, Reconciler reconciler, Targets targets) {
        this.store = store;
        this.reconciler = reconciler;
        this.targets = targets;
    }

    /// What is set of a pair, and what its last check found.
    public record Known(TablePair pair, SyncPairRow row) {
        public Optional<PairResult> result() {
            return Optional.ofNullable(row.result())
                    .map(text -> StateJson.read(text, PairResult.class));
        }

        public CheckOptions options() {
            return new CheckOptions(Duration.ofSeconds(row.settleSeconds()), row.batch());
        }

        public Duration limit() {
            return row.batch() ? Duration.ofHours(24) : Duration.ofHours(1);
        }
    }

    /// A table with a namesake in Delta.
    ///
    /// @param rows estimated
    public record Found(TablePair pair, long rows, int columns) {}

    private record TableRow(String schemaName, String tableName, double rows, int columns) {}

    public List<Known> known(TargetId target) {
        return store.of(target).stream().map(r -> new Known(pair(target, r), r)).toList();
    }

    public List<Known> watched(TargetId target) {
        return known(target).stream().filter(k -> k.row().watched()).toList();
    }

    private static TablePair pair(TargetId target, SyncPairRow row) {
        return new TablePair(
                target,
                row.databaseName(),
                row.schemaName(),
                row.tableName(),
                new TableName(row.mirrorSchema(), row.mirrorTable()),
                row.feed() ? TablePair.Kind.CHANGE_FEED : TablePair.Kind.MIRROR);
    }

    /// Tables of the database that have a copy of the same name, and that nobody decided about.
    public List<Found> found(TargetId target, Deadline deadline) {
        var copies = new HashSet<>(reconciler.catalog().tables());
        if (copies.isEmpty()) {
            return List.of();
        }
        var decided = known(target).stream().map(k -> k.pair().source()).toList();
        var found = new ArrayList<Found>();
        String database;
        List<TableRow> tables;
        try (var session = targets.read(target, deadline)) {
            database = session.database();
            tables = session.query(TABLES, Map.of(), TableRow.class);
        }
        for (var table : tables) {
            var copy = copy(table, copies);
            if (copy.isPresent()
                    && !decided.contains(table.schemaName() + "." + table.tableName())) {
                var pair =
                        new TablePair(
                                target,
                                database,
                                table.schemaName(),
                                table.tableName(),
                                copy.get(),
                                reconciler.kind(copy.get()));
                if (reconciler.alike(pair, deadline)) {
                    found.add(new Found(pair, (long) table.rows(), table.columns()));
                }
            }
        }
        return found;
    }

    private static Optional<TableName> copy(TableRow table, HashSet<TableName> copies) {
        return List.of(
                        new TableName(table.schemaName(), table.tableName()),
                        new TableName(
                                table.schemaName(), FEED_BEFORE + table.tableName() + FEED_AFTER))
                .stream()
                .filter(copies::contains)
                .findFirst();
    }

    /// The pair of these names: as it is set, or as it is found.
    public Known named(TargetId target, String source, String mirror, Deadline deadline) {
        var set =
                known(target).stream()
                        .filter(k -> k.pair().source().equals(source))
                        .filter(k -> k.pair().mirror().toString().equals(mirror))
                        .findFirst();
        if (set.isPresent()) {
            return set.get();
        }
        int dot = source.indexOf('.');
        if (dot < 1) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Compare " + source,
                    "it has no schema",
                    "write schema.table");
        }
        var copy = TableName.parse(mirror);
        String database;
        try (var session = targets.read(target, deadline)) {
            database = session.database();
        }
        var pair =
                new TablePair(
                        target,
                        database,
                        source.substring(0, dot),
                        source.substring(dot + 1),
                        copy,
                        reconciler.kind(copy));
        return new Known(pair, usual(pair, true));
    }

    /// From now on it is compared with the others, or shown no more.
    public void decide(TablePair pair, boolean watch, String by) {
        store.put(pair.target(), usual(pair, watch), by);
    }

    /// PostgreSQL is right: the copy was made of it.
    private static SyncPairRow usual(TablePair pair, boolean watch) {
        return row(
                pair, Truth.POSTGRESQL, (int) CheckOptions.CONTINUOUS.settle().toSeconds(), watch);
    }

    public static SyncPairRow row(TablePair pair, Truth truth, int settleSeconds, boolean watch) {
        return new SyncPairRow(
                pair.database(),
                pair.schema(),
                pair.table(),
                pair.mirror().schema(),
                pair.mirror().table(),
                pair.kind() == TablePair.Kind.CHANGE_FEED,
                false,
                truth,
                settleSeconds,
                watch,
                null,
                null);
    }

    void keep(Known pair, PairResult result) {
        store.result(pair.pair().target(), pair.row(), StateJson.write(result), result.checkedAt());
    }
}
