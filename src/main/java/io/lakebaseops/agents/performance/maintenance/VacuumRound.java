package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The vacuum state of one server at one moment. A part that could not be read says why, and the
/// others stand without it.
///
/// @param database whose tables these are; sessions, slots and workers are those of the server
/// @param readOnly why nothing can be planned here, such as for a standby; null where it can
/// @param seesSessions false when other roles' sessions are hidden from this login
public record VacuumRound(
        Instant at,
        String database,
        @Nullable String readOnly,
        boolean seesSessions,
        Part<Horizon> horizon,
        Part<Running> running,
        Part<Tables> tables,
        Part<Wraparound> wraparound) {
    /// @param value null when it could not be read
    /// @param problem why not; null when it could
    public record Part<T>(@Nullable T value, @Nullable String problem) {
        public static <T> Part<T> of(T value) {
            return new Part<>(value, null);
        }

        public static <T> Part<T> failed(String problem) {
            return new Part<>(null, problem);
        }
    }

    /// @param holders the oldest first; those of catalog rows alone among them
    public record Horizon(List<HorizonHolder> holders) {
        public Horizon {
            holders = List.copyOf(holders);
        }

        public boolean none(String kind) {
            return holders.stream().noneMatch(h -> h.kind().equals(kind));
        }
    }

    /// @param locked tables past a limit that autovacuum skips, because others hold a lock on them
    public record Running(
            long workersBusy,
            long workers,
            boolean autovacuumOn,
            List<RunningVacuum> vacuums,
            List<Locked> locked) {
        public Running {
            vacuums = List.copyOf(vacuums);
            locked = List.copyOf(locked);
        }
    }

    /// @param command the leading keywords of the holder's statement; null when hidden
    public record Locked(
            String table,
            int pid,
            String mode,
            @Nullable String command,
            @Nullable Instant since) {}

    /// @param tables in the order of need: held back or late first, then by share of a limit
    /// @param at when they were read
    public record Tables(List<VacuumTable> tables, Instant at) {
        public Tables {
            tables = List.copyOf(tables);
        }

        /// Those worth a line: above a fifth of a limit, bloated, or being vacuumed.
        public List<VacuumTable> notable() {
            return tables.stream().filter(VacuumTable::notable).toList();
        }
    }

    /// @param oldest tables of this database by age
    public record Wraparound(
            CheckTxidWraparoundRisk.Ids transactions,
            CheckTxidWraparoundRisk.Ids multixacts,
            List<CheckTxidWraparoundRisk.Table> oldest) {
        public Wraparound {
            oldest = List.copyOf(oldest);
        }
    }
}
