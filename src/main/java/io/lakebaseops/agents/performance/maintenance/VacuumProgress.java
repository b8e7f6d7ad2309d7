package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The vacuums that run, with the end of their phase from the pace seen since it began.
final class VacuumProgress {
    /// A pace of less than this is no measurement.
    private static final Duration LEAST = Duration.ofSeconds(3);

    private record Begun(String phase, double done, Instant at) {}

    private final Map<Integer, Begun> begun = new HashMap<>();

    /// As `maintenance/running_vacuums` returns it.
    record Row(
            int pid,
            @Nullable String databaseName,
            @Nullable String schemaName,
            @Nullable String tableName,
            long tableOid,
            boolean toast,
            @Nullable String phase,
            @Nullable Long heapBlksTotal,
            @Nullable Long heapBlksScanned,
            @Nullable Long heapBlksVacuumed,
            @Nullable Long indexesTotal,
            @Nullable Long indexesProcessed,
            boolean automatic,
            boolean againstWraparound,
            @Nullable Instant started,
            List<Integer> blockedBy,
            Instant at) {
        Row {
            blockedBy = List.copyOf(blockedBy);
        }

        /// Of the phase; NaN when it tells nothing of itself.
        double share() {
            return switch (phase == null ? "" : phase) {
                case "scanning heap" -> part(heapBlksScanned, heapBlksTotal);
                case "vacuuming heap" -> part(heapBlksVacuumed, heapBlksTotal);
                case "vacuuming indexes", "cleaning up indexes" ->
                        part(indexesProcessed, indexesTotal);
                default -> Double.NaN;
            };
        }

        private static double part(@Nullable Long done, @Nullable Long all) {
            return done == null || all == null || all == 0 ? Double.NaN : (double) done / all;
        }
    }

    /// As `maintenance/vacuum_locks` returns it.
    private record Lock(
            long tableOid,
            int pid,
            String mode,
            @Nullable String command,
            @Nullable Instant since) {}

    VacuumRound.Running read(
            ReadSession session,
            LiveVacuumMonitor.Server server,
            List<VacuumTable> tables,
            VacuumRound.@Nullable Horizon horizon) {
        var rows = session.query(MaintenanceSql.RUNNING_VACUUMS, Map.of(), Row.class);
        var byOid = new HashMap<Long, VacuumTable>();
        tables.stream().filter(t -> !t.toast()).forEach(t -> byOid.put(t.oid(), t));
        begun.keySet().retainAll(rows.stream().map(Row::pid).toList());
        var vacuums = rows.stream().map(r -> running(r, byOid.get(r.tableOid()), horizon)).toList();
        var locked = new ArrayList<VacuumRound.Locked>();
        for (var l : session.query(MaintenanceSql.VACUUM_LOCKS, Map.of(), Lock.class)) {
            var table = byOid.get(l.tableOid());
            if (table != null && table.overVacuumLimit() && !table.running()) {
                locked.add(
                        new VacuumRound.Locked(
                                table.name(), l.pid(), l.mode(), l.command(), l.since()));
            }
        }
        return new VacuumRound.Running(
                server.workersBusy(),
                server.workers(),
                server.autovacuumOn() && server.counting(),
                vacuums,
                locked);
    }

    private RunningVacuum running(
            Row r, @Nullable VacuumTable table, VacuumRound.@Nullable Horizon horizon) {
        return new RunningVacuum(
                r.pid(),
                r.databaseName(),
                r.schemaName(),
                r.tableName(),
                r.toast(),
                r.automatic(),
                r.againstWraparound(),
                r.phase(),
                r.share(),
                r.indexesProcessed() == null ? 0 : r.indexesProcessed(),
                r.indexesTotal() == null ? 0 : r.indexesTotal(),
                r.started(),
                ends(r),
                r.blockedBy(),
                r.toast() ? null : removesNothing(table, horizon));
    }

    private static @Nullable String removesNothing(
            @Nullable VacuumTable table, VacuumRound.@Nullable Horizon horizon) {
        var held = table == null ? null : table.held();
        if (table == null || held == null || horizon == null || held == 0) {
            return null;
        }
        return held < table.dead()
                ? null
                : horizon.holders().stream()
                        .filter(
                                h ->
                                        h.holds() == HorizonHolder.Holds.ALONE
                                                || h.holds() == HorizonHolder.Holds.TOGETHER)
                        .findFirst()
                        .map(HorizonHolder::words)
                        .orElse(null);
    }

    private @Nullable Instant ends(Row r) {
        double done = r.share();
        var phase = r.phase();
        if (Double.isNaN(done) || phase == null) {
            return null;
        }
        var before = begun.get(r.pid());
        if (before == null || !before.phase().equals(phase) || done < before.done()) {
            // The scan is the first phase: its pace is known from the start.
            var from = phase.equals("scanning heap") && r.started() != null ? r.started() : null;
            before = from == null ? new Begun(phase, done, r.at()) : new Begun(phase, 0, from);
            begun.put(r.pid(), before);
        }
        var span = Duration.between(before.at(), r.at());
        if (span.compareTo(LEAST) < 0 || done <= before.done()) {
            return null;
        }
        double left = span.toMillis() * (1 - done) / (done - before.done());
        return r.at().plusMillis((long) left);
    }
}
