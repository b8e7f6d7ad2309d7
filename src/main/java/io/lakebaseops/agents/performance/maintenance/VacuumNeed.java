package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.Subject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table that needs vacuum or wastes space. A partitioned table is one need, with the partitions
/// that caused it.
///
/// @param tables the table itself, or its needy partitions, worst first
/// @param bloat of the worst one; null when it cannot be estimated
record VacuumNeed(
        String schema, String table, List<TableState> tables, Map<Long, HeapBloat> bloat) {
    /// Wasted space worth telling about.
    static final double BLOATED = 0.3;

    VacuumNeed {
        tables = List.copyOf(tables);
        bloat = Map.copyOf(bloat);
    }

    static List<VacuumNeed> of(List<TableState> states, Map<Long, HeapBloat> bloat) {
        var groups = new LinkedHashMap<String, List<TableState>>();
        for (var s : states) {
            var b = bloat.get(s.tableOid());
            boolean bloated = b != null && s.overFloor() && b.low() > BLOATED;
            if ((s.overFloor() && s.excess() >= 1) || bloated) {
                // NUL stands in no name, so no two tables share a key.
                var key = schemaOf(s) + '\0' + tableOf(s);
                groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(s);
            }
        }
        return groups.values().stream()
                .map(
                        g -> {
                            g.sort(Comparator.comparingDouble(TableState::excess).reversed());
                            var first = g.getFirst();
                            return new VacuumNeed(schemaOf(first), tableOf(first), g, bloat);
                        })
                .sorted(Comparator.comparingDouble((VacuumNeed n) -> n.worst().excess()).reversed())
                .toList();
    }

    TableState worst() {
        return tables.getFirst();
    }

    boolean partitioned() {
        return worst().rootTable() != null;
    }

    boolean needsVacuum() {
        return worst().excess() >= 1 && worst().overFloor();
    }

    long deadRows() {
        return tables.stream().mapToLong(TableState::deadRows).sum();
    }

    double deadShare() {
        long all = tables.stream().mapToLong(t -> t.liveRows() + t.deadRows()).sum();
        return all == 0 ? 0 : (double) deadRows() / all;
    }

    /// The bloat of the table (of the worst partition) whose lower bound is highest.
    @Nullable HeapBloat worstBloat() {
        return tables.stream()
                .map(t -> bloat.get(t.tableOid()))
                .filter(b -> b != null)
                .max(Comparator.comparingDouble(HeapBloat::low))
                .orElse(null);
    }

    Subject subject(String database) {
        return Subject.table(database, schema, table);
    }

    private static String schemaOf(TableState s) {
        return s.rootSchema() == null ? s.schemaName() : s.rootSchema();
    }

    private static String tableOf(TableState s) {
        return s.rootTable() == null ? s.tableName() : s.rootTable();
    }
}
