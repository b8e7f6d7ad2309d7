package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.agents.health.diagnosis.TroubledTables.Table;
import io.lakebaseops.domain.Format;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Facts about settings, tables and what holds the horizon, read from the catalogs of one database.
final class ServerFacts {
    static final SqlName FACTS = SqlName.of("diagnosis/server_facts");
    private static final SqlName INVALID = SqlName.of("diagnosis/invalid_indexes");
    private static final SqlName HORIZON = SqlName.of("maintenance/xmin_horizon");

    /// One statement has at most so many workers and a leader, by the server's usual settings.
    private static final int MOST_WORKERS = 8 + 1;

    private final ReadSession session;
    private final Clock clock;
    private final Facts facts;

    ServerFacts(ReadSession session, Clock clock, Facts facts) {
        this.session = session;
        this.clock = clock;
        this.facts = facts;
    }

    private record Row(
            boolean autovacuumOn,
            int workersMax,
            long workersBusy,
            double startedSeconds,
            @Nullable Double resetSeconds,
            @Nullable String sequenceName,
            @Nullable Double sequenceUsed) {}

    private record InvalidIndex(long indexOid, String indexName) {}

    private record Holder(
            String kind,
            String name,
            @Nullable String databaseName,
            long xminAge,
            @Nullable Double seconds,
            @Nullable Instant since,
            String detail) {}

    /// The counters of tables at one moment; the rate needs two.
    ///
    /// @param invalid oids of indexes
    record Scans(Instant at, Map<String, Table> tables, Set<Long> invalid) {}

    void read(Scans before) {
        var row = session.query(FACTS, Map.of(), Row.class).getFirst();
        server(row);
        leftInvalid(before);
        horizon(session.query(HORIZON, Map.of(), Holder.class));
        var tables = TroubledTables.read(session);
        tables(tables, row.autovacuumOn());
        scanned(tables.all(), before);
        boolean maintained =
                Stream.concat(before.tables().values().stream(), tables.all().stream())
                        .anyMatch(Table::maintained);
        facts.add(
                FactName.MAINTENANCE_RUNS,
                maintained ? 1 : 0,
                maintained ? "an index is being built" : "no index is being built");
    }

    Scans scans() {
        var tables = new HashMap<String, Table>();
        TroubledTables.read(session).all().forEach(t -> tables.put(t.name(), t));
        var invalid = invalid().stream().map(InvalidIndex::indexOid).collect(Collectors.toSet());
        return new Scans(clock.instant(), tables, invalid);
    }

    private List<InvalidIndex> invalid() {
        return session.query(INVALID, Map.of(), InvalidIndex.class);
    }

    /// Left invalid is one that was so a second ago: between the end of a build and its commit it
    /// looks the same.
    private void leftInvalid(Scans before) {
        var left =
                invalid().stream()
                        .filter(i -> before.invalid().contains(i.indexOid()))
                        .map(InvalidIndex::indexName)
                        .sorted()
                        .toList();
        facts.add(
                FactName.INVALID_INDEXES,
                left.size(),
                left.isEmpty() ? "no index is invalid" : left.getFirst() + " is invalid");
    }

    private void server(Row row) {
        facts.add(
                FactName.AUTOVACUUM_OFF,
                row.autovacuumOn() ? 0 : 1,
                row.autovacuumOn() ? "autovacuum is on" : "autovacuum is off");
        facts.add(
                FactName.AUTOVACUUM_WORKERS_BUSY,
                row.workersMax() == 0 ? 0 : (double) row.workersBusy() / row.workersMax(),
                "%d of %d autovacuum workers are busy"
                        .formatted(row.workersBusy(), row.workersMax()));
        facts.add(
                FactName.STARTED_MINUTES,
                row.startedSeconds() / 60,
                "the server started " + ago(row.startedSeconds()),
                moment(row.startedSeconds()));
        if (row.resetSeconds() != null) {
            facts.add(
                    FactName.STATISTICS_RESET_MINUTES,
                    row.resetSeconds() / 60,
                    "statistics were reset " + ago(row.resetSeconds()),
                    moment(row.resetSeconds()));
            double after = (row.startedSeconds() - row.resetSeconds()) / 60;
            facts.add(
                    FactName.RESET_AFTER_START_MINUTES,
                    after,
                    "that was %s min after the start".formatted(Format.digits(after)));
        }
        if (row.sequenceUsed() != null) {
            facts.add(
                    FactName.SEQUENCE_USED,
                    row.sequenceUsed(),
                    "%s has used %s of its numbers"
                            .formatted(row.sequenceName(), Format.percent(row.sequenceUsed())));
        }
    }

    private void horizon(List<Holder> holders) {
        if (holders.isEmpty()) {
            return;
        }
        var oldest = holders.getFirst();
        var name =
                switch (oldest.kind()) {
                    case "session" -> FactName.XMIN_HELD_BY_SESSION;
                    case "slot" -> FactName.XMIN_HELD_BY_SLOT;
                    case "prepared transaction" -> FactName.XMIN_HELD_BY_PREPARED_TRANSACTION;
                    default -> FactName.XMIN_HELD_BY_STANDBY;
                };
        facts.add(
                name,
                oldest.xminAge(),
                "%s %s (%s) keeps the rows of the last %s transactions"
                        .formatted(
                                oldest.kind(),
                                oldest.name(),
                                oldest.detail(),
                                Format.grouped(oldest.xminAge())),
                oldest.since());
    }

    private void tables(TroubledTables tables, boolean autovacuumOn) {
        tables.worst()
                .ifPresent(
                        t ->
                                facts.add(
                                        FactName.DEAD_ROW_RATIO,
                                        t.deadRatio(),
                                        "%s of the row versions of %s are dead"
                                                .formatted(
                                                        Format.percent(t.deadRatio()), t.name())));
        tables.withoutAutovacuum()
                .ifPresent(
                        t ->
                                facts.add(
                                        FactName.DEAD_ROWS_WITHOUT_AUTOVACUUM,
                                        t.deadRatio(),
                                        "autovacuum is off for %s, %s of its row versions are dead"
                                                .formatted(
                                                        t.name(), Format.percent(t.deadRatio()))));
        tables.stalest()
                .ifPresent(
                        t ->
                                facts.add(
                                        FactName.AUTOVACUUM_WILL_ANALYZE,
                                        t.autovacuumOff() || !autovacuumOn ? 0 : 1,
                                        "autovacuum is on for it"));
        tables.stalest()
                .ifPresent(
                        t ->
                                facts.add(
                                        FactName.ROWS_CHANGED_SINCE_ANALYZE,
                                        t.changedRatio(),
                                        "%s rows of %s changed since ANALYZE%s, it has %s"
                                                .formatted(
                                                        Format.grouped(t.changedRows()),
                                                        t.name(),
                                                        t.analyzedSeconds() == null
                                                                ? ", which never ran"
                                                                : " " + ago(t.analyzedSeconds()),
                                                        Format.grouped((long) t.tableRows()))));
    }

    private void scanned(List<Table> tables, Scans before) {
        double seconds = Duration.between(before.at(), clock.instant()).toMillis() / 1000.0;
        if (seconds < 0.5) {
            return;
        }
        tables.stream()
                .filter(t -> repeated(t, before))
                .max(Comparator.comparingDouble(t -> rate(t, before, seconds)))
                .ifPresent(
                        t ->
                                facts.add(
                                        FactName.ROWS_SCANNED_PER_SECOND,
                                        rate(t, before, seconds),
                                        "sequential scans read %s rows a second of %s"
                                                .formatted(
                                                        Format.grouped(
                                                                (long) rate(t, before, seconds)),
                                                        t.name())));
    }

    private static double rate(Table t, Scans before, double seconds) {
        var then = before.tables().get(t.name());
        return then == null ? 0 : Math.max(0, t.rowsScanned() - then.rowsScanned()) / seconds;
    }

    /// One report that reads a table is everyday life; each worker that helps counts as a scan.
    private static boolean repeated(Table t, Scans before) {
        var then = before.tables().get(t.name());
        if (then == null || then.maintained() || t.maintained()) {
            return false;
        }
        long scans = t.scans() - then.scans();
        long rows = t.rowsScanned() - then.rowsScanned();
        return scans > MOST_WORKERS || scans >= 2 && rows >= 1.5 * t.tableRows();
    }

    private Instant moment(double secondsAgo) {
        return clock.instant().minusMillis((long) (secondsAgo * 1000));
    }

    private static String ago(double seconds) {
        return Format.duration(Duration.ofMillis((long) (seconds * 1000))) + " ago";
    }
}
