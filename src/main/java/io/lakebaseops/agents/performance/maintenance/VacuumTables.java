package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads every table of a database with its limits, and makes the lines a person looks at.
final class VacuumTables {
    private VacuumTables() {}

    /// As read; the lines are made anew each round, since holders come and go.
    record Read(
            List<TableState> states,
            Map<Long, HeapBloat> bloat,
            Map<Long, VacuumSettings> settings,
            Instant at) {
        List<VacuumTable> lines(
                LiveVacuumMonitor.Server server,
                XminHorizon horizon,
                HorizonRelease.Judged judged) {
            var lines = new ArrayList<VacuumTable>();
            for (var t : states) {
                lines.add(line(server.databaseName(), t, horizon, judged));
                if (toastShare(t) >= AutovacuumOutlook.WORTH_SHOWING) {
                    lines.add(toast(server.databaseName(), t, horizon));
                }
            }
            lines.sort(order(server.at()));
            return lines;
        }

        private VacuumTable line(
                String database, TableState t, XminHorizon horizon, HorizonRelease.Judged judged) {
            var held = judged.held().get(t.tableOid());
            var outlook = AutovacuumOutlook.of(database, t, horizon);
            var waste = bloat.get(t.tableOid());
            return new VacuumTable(
                    database,
                    t.schemaName(),
                    t.tableName(),
                    t.tableOid(),
                    false,
                    t.liveRows(),
                    t.deadRows(),
                    t.deadLimit(),
                    held,
                    t.insertedRows(),
                    t.insertLimit(),
                    t.changedRows(),
                    t.analyzeLimit(),
                    AutovacuumOutlook.overSince(
                            t, held == null || held <= t.deadLimit() ? null : judged.since()),
                    waste == null ? null : waste.low(),
                    waste == null ? null : waste.high(),
                    waste != null && waste.measured(),
                    t.lastVacuum(),
                    t.lastAnalyze(),
                    outlook.nextVacuum(),
                    outlook.stops(),
                    t.vacuumRunning(),
                    t.countersLost() ? t.statsSince() : null,
                    t.tableBytes(),
                    t.overFloor(),
                    t.autovacuumOn(),
                    t.mayMaintain(),
                    held != null && held > 0 ? trusted(t.tableOid()) : settings.get(t.tableOid()));
        }

        /// A rate that rows left over by a vacuum do not falsify.
        private @Nullable VacuumSettings trusted(long table) {
            var known = settings.get(table);
            return known == null || known.sinceVacuum() ? null : known;
        }

        /// A TOAST table is vacuumed by its own limit, apart from the table.
        private static VacuumTable toast(String database, TableState t, XminHorizon horizon) {
            var limit = t.toastDeadLimit();
            var outlook = AutovacuumOutlook.of(database, t, horizon);
            return new VacuumTable(
                    database,
                    t.schemaName(),
                    t.tableName(),
                    t.tableOid(),
                    true,
                    0,
                    t.toastDeadRows(),
                    limit == null ? 1 : limit,
                    null,
                    0,
                    null,
                    0,
                    1,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    outlook.stops(),
                    false,
                    null,
                    t.toastBytes(),
                    t.overFloor(),
                    t.autovacuumOn(),
                    t.mayMaintain(),
                    null);
        }
    }

    private static double toastShare(TableState t) {
        return t.toastDeadLimit() == null ? 0 : t.toastDeadRows() / Math.max(1, t.toastDeadLimit());
    }

    private static Comparator<VacuumTable> order(Instant now) {
        return Comparator.comparing((VacuumTable t) -> !t.critical(now))
                .thenComparing(t -> !t.troubled(now))
                .thenComparing(t -> !t.overFloor())
                .thenComparing(Comparator.comparingDouble(VacuumTable::share).reversed())
                .thenComparing(VacuumTable::name);
    }

    /// What is asked of a server rarely: the widths of rows, and what was measured of the worst.
    ///
    /// @param bytes of each table measured; once its file changed, that says nothing more
    record Pages(
            List<HeapBloat.Widths> widths, Map<Long, HeapBloat> measured, Map<Long, Long> bytes) {
        Pages {
            widths = List.copyOf(widths);
            measured = Map.copyOf(measured);
            bytes = Map.copyOf(bytes);
        }

        static Pages read(ReadSession session) {
            var widths =
                    session.query(
                            MaintenanceSql.ROW_WIDTHS,
                            Map.of("min_bytes", TableState.FLOOR_BYTES),
                            HeapBloat.Widths.class);
            var states = session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class);
            var bloat =
                    HeapBloatCheck.of(session, states, widths, HeapBloatCheck.Budget.SCREEN)
                            .byTable();
            var measured = new HashMap<Long, HeapBloat>();
            var bytes = new HashMap<Long, Long>();
            for (var t : states) {
                var known = bloat.get(t.tableOid());
                if (known != null && known.measured()) {
                    measured.put(t.tableOid(), known);
                    bytes.put(t.tableOid(), t.tableBytes());
                }
            }
            return new Pages(widths, measured, bytes);
        }

        Map<Long, HeapBloat> of(List<TableState> states) {
            var byOid = new HashMap<Long, HeapBloat.Widths>();
            widths.forEach(w -> byOid.put(w.tableOid(), w));
            var bloat = new HashMap<Long, HeapBloat>();
            for (var t : states) {
                var found = measured.get(t.tableOid());
                var width = byOid.get(t.tableOid());
                if (found != null && bytes.getOrDefault(t.tableOid(), 0L) == t.tableBytes()) {
                    bloat.put(t.tableOid(), found);
                } else if (width != null && t.overFloor()) {
                    bloat.put(
                            t.tableOid(),
                            HeapBloat.of(width, t.liveRows(), t.tableBytes(), t.fillfactor()));
                }
            }
            return bloat;
        }
    }

    static Read read(ReadSession session, Pages pages) {
        var states = session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class);
        var bloat = pages.of(states);
        var settings = new HashMap<Long, VacuumSettings>();
        session.query(
                        MaintenanceSql.TABLE_CHURN,
                        Map.of("min_bytes", TableState.FLOOR_BYTES),
                        AutovacuumTuning.Table.class)
                .forEach(
                        t -> {
                            var judged = VacuumSettings.of(t);
                            if (judged != null) {
                                settings.put(t.tableOid(), judged);
                            }
                        });
        return new Read(
                states, bloat, settings, states.isEmpty() ? Instant.now() : states.getFirst().at());
    }
}
