package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The larger tables of a database, by what may be wrong with them.
public record TroubledTables(String database, List<Table> all) {
    private static final SqlName TABLES = SqlName.of("diagnosis/table_facts");

    public TroubledTables {
        all = List.copyOf(all);
    }

    public static TroubledTables read(ReadSession session) {
        return new TroubledTables(session.database(), session.query(TABLES, Map.of(), Table.class));
    }

    /// @param tableRows by the planner's count
    /// @param rowsScanned read by sequential scans since the statistics began
    /// @param maintained an index of it is being built, or it is being rewritten
    /// @param analyzedSeconds since the last ANALYZE; null when it never ran
    public record Table(
            String schemaName,
            String tableName,
            double tableRows,
            long deadRows,
            long changedRows,
            long rowsScanned,
            long scans,
            boolean autovacuumOff,
            boolean maintained,
            @Nullable Double analyzedSeconds) {
        String name() {
            return schemaName + "." + tableName;
        }

        double deadRatio() {
            return deadRows / Math.max(1, tableRows + deadRows);
        }

        double changedRatio() {
            return changedRows / Math.max(1, tableRows);
        }
    }

    /// With the largest share of dead rows.
    public Optional<Table> worst() {
        return all.stream().max(Comparator.comparingDouble(Table::deadRatio));
    }

    public Optional<Table> withoutAutovacuum() {
        return all.stream()
                .filter(Table::autovacuumOff)
                .max(Comparator.comparingDouble(Table::deadRatio));
    }

    /// With the most changes since its last ANALYZE.
    public Optional<Table> stalest() {
        return all.stream().max(Comparator.comparingDouble(Table::changedRatio));
    }

    public Subject subject(Table table) {
        return Subject.table(database, table.schemaName(), table.tableName());
    }
}
