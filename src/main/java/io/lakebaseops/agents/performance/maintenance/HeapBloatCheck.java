package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Estimates how much of the larger tables of a database is wasted, and measures the worst of them
/// where pgstattuple is installed and this login may use it.
///
/// @param byTable what is known, by oid
/// @param caveat why nothing was measured although something looks bloated, or what failed
record HeapBloatCheck(Map<Long, HeapBloat> byTable, Optional<String> caveat) {
    private static final SqlName MEASURED = SqlName.of("maintenance/measured_table");
    private static final SqlName SAMPLED = SqlName.of("maintenance/sampled_table");

    /// Less is not worth reading a table for.
    private static final double SUSPECT = 0.2;

    HeapBloatCheck {
        byTable = Map.copyOf(byTable);
    }

    /// How much may be read to measure.
    ///
    /// @param wholeBytes of tables read from end to end
    /// @param bytes in all
    record Budget(int tables, long wholeBytes, long bytes) {
        /// Of a job or a person who asked.
        static final Budget RUN = new Budget(20, 256L << 20, 2L << 30);

        /// Of a screen that is open, once in ten minutes.
        static final Budget SCREEN = new Budget(5, 16L << 20, 64L << 20);
    }

    static HeapBloatCheck of(
            ReadSession session,
            List<TableState> states,
            List<HeapBloat.Widths> widths,
            Budget budget) {
        var width = new HashMap<Long, HeapBloat.Widths>();
        widths.forEach(w -> width.put(w.tableOid(), w));
        var known = new HashMap<Long, HeapBloat>();
        for (var t : states) {
            var w = width.get(t.tableOid());
            if (w != null) {
                known.put(
                        t.tableOid(),
                        HeapBloat.of(w, t.liveRows(), t.tableBytes(), t.fillfactor()));
            }
        }
        var suspects =
                states.stream()
                        .filter(t -> t.overFloor() && wasted(known.get(t.tableOid())) >= SUSPECT)
                        .sorted(
                                Comparator.comparingDouble(
                                                (TableState t) ->
                                                        t.tableBytes()
                                                                * wasted(known.get(t.tableOid())))
                                        .reversed())
                        .toList();
        if (suspects.isEmpty()) {
            return new HeapBloatCheck(known, Optional.empty());
        }
        var refused = refused(session);
        return refused.isPresent()
                ? new HeapBloatCheck(known, refused)
                : new HeapBloatCheck(known, measure(session, suspects, width, known, budget));
    }

    private static double wasted(@Nullable HeapBloat bloat) {
        return bloat == null ? 0 : bloat.expected();
    }

    private static Optional<String> refused(ReadSession session) {
        var can = session.capabilities();
        if (!can.has("pgstattuple")) {
            return Optional.of(
                    "%s: how much of its tables is wasted is estimated; with the extension pgstattuple the worst are measured (CREATE EXTENSION pgstattuple)"
                            .formatted(session.database()));
        }
        return can.superuser() || can.canMonitor() || can.memberOf().contains("pg_stat_scan_tables")
                ? Optional.empty()
                : Optional.of(
                        "%s: pgstattuple is installed, but this login may not measure with it (needs pg_stat_scan_tables)"
                                .formatted(session.database()));
    }

    private static Optional<String> measure(
            ReadSession session,
            List<TableState> suspects,
            Map<Long, HeapBloat.Widths> widths,
            Map<Long, HeapBloat> known,
            Budget budget) {
        long whole = budget.wholeBytes();
        long left = budget.bytes();
        int tables = 0;
        for (var t : suspects) {
            var w = widths.get(t.tableOid());
            boolean all = t.tableBytes() <= whole;
            long reads = all || w == null ? t.tableBytes() : w.unseenBytes();
            if (w == null || tables >= budget.tables() || reads > left) {
                continue;
            }
            tables++;
            left -= reads;
            whole -= all ? reads : 0;
            try {
                var found =
                        session.query(
                                        all ? MEASURED : SAMPLED,
                                        Map.of("table_oid", t.tableOid()),
                                        HeapBloat.Measured.class)
                                .getFirst();
                known.put(
                        t.tableOid(),
                        all
                                ? HeapBloat.measured(w, found, t.fillfactor())
                                : HeapBloat.sampled(w, found, t.fillfactor()));
            } catch (OpsException e) {
                if (e.kind() == OpsException.Kind.UNREACHABLE
                        || e.kind() == OpsException.Kind.CANCELLED) {
                    throw e;
                }
                return Optional.of(
                        "%s: %s.%s is not measured: %s"
                                .formatted(
                                        session.database(),
                                        t.schemaName(),
                                        t.tableName(),
                                        e.why()));
            }
        }
        return Optional.empty();
    }
}
