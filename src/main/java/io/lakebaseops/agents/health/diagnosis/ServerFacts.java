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

/// Facts about settings, tables and what holds the horizon, read from the catalogs of one database.
final class ServerFacts {
    static final SqlName FACTS = SqlName.of("diagnosis/server_facts");
    private static final SqlName HORIZON = SqlName.of("maintenance/xmin_horizon");

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
            @Nullable Double sequenceUsed,
            long invalidIndexes,
            @Nullable String invalidIndex) {}

    private record Holder(
            String kind,
            String name,
            @Nullable String databaseName,
            long xminAge,
            @Nullable Double seconds,
            @Nullable Instant since,
            String detail) {}

    /// The counters of tables at one moment; the rate needs two.
    record Scans(Instant at, Map<String, Long> rowsScanned) {}

    void read(Scans before) {
        server(session.query(FACTS, Map.of(), Row.class).getFirst());
        horizon(session.query(HORIZON, Map.of(), Holder.class));
        var tables = TroubledTables.read(session);
        tables(tables);
        scanned(tables.all(), before);
    }

    Scans scans() {
        var rows = new HashMap<String, Long>();
        TroubledTables.read(session).all().forEach(t -> rows.put(t.name(), t.rowsScanned()));
        return new Scans(clock.instant(), rows);
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
        }
        if (row.sequenceUsed() != null) {
            facts.add(
                    FactName.SEQUENCE_USED,
                    row.sequenceUsed(),
                    "%s has used %s of its numbers"
                            .formatted(row.sequenceName(), Format.percent(row.sequenceUsed())));
        }
        facts.add(
                FactName.INVALID_INDEXES,
                row.invalidIndexes(),
                row.invalidIndexes() == 0
                        ? "no index is invalid"
                        : row.invalidIndex() + " is invalid");
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

    private void tables(TroubledTables tables) {
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
                .filter(t -> before.rowsScanned().containsKey(t.name()))
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
        return Math.max(0, t.rowsScanned() - before.rowsScanned().getOrDefault(t.name(), 0L))
                / seconds;
    }

    private Instant moment(double secondsAgo) {
        return clock.instant().minusMillis((long) (secondsAgo * 1000));
    }

    private static String ago(double seconds) {
        return Format.duration(Duration.ofMillis((long) (seconds * 1000))) + " ago";
    }
}
