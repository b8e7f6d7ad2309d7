package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A table and how far it is past its own vacuum limits, as `maintenance/vacuum_state` returns it.
///
/// @param rootTable the topmost partitioned table, null for an ordinary one
/// @param countersLost the server's counters are younger than the last ANALYZE: `liveRows` is then
///     what that found, and dead rows are those since
/// @param insertLimit null when the insert rule is off for it
record TableState(
        String schemaName,
        String tableName,
        long tableOid,
        @Nullable String rootSchema,
        @Nullable String rootTable,
        long liveRows,
        long deadRows,
        long insertedRows,
        long changedRows,
        double deadLimit,
        @Nullable Double insertLimit,
        double analyzeLimit,
        long toastDeadRows,
        @Nullable Double toastDeadLimit,
        boolean autovacuumOn,
        @Nullable Instant lastVacuum,
        @Nullable Instant lastAnalyze,
        @Nullable Instant statsSince,
        long tableBytes,
        long toastBytes,
        double fillfactor,
        long xidAge,
        long multixactAge,
        boolean mayMaintain,
        boolean vacuumRunning,
        boolean countersLost,
        Instant at) {
    /// Shares say nothing about smaller tables.
    static final long FLOOR_ROWS = 1_000;

    static final long FLOOR_BYTES = 8L << 20;

    /// A table over its limit for a day shows that autovacuum does not come round.
    private static final Duration LATE = Duration.ofHours(24);

    boolean overFloor() {
        return liveRows + deadRows >= FLOOR_ROWS && tableBytes + toastBytes >= FLOOR_BYTES;
    }

    double deadShare() {
        return liveRows + deadRows == 0 ? 0 : (double) deadRows / (liveRows + deadRows);
    }

    /// The rule that is exceeded most, as a multiple of its limit; below 1 none is.
    double excess() {
        double insert = insertLimit == null ? 0 : insertedRows / Math.max(1, insertLimit);
        double toast = toastDeadLimit == null ? 0 : toastDeadRows / Math.max(1, toastDeadLimit);
        return Math.max(deadRows / Math.max(1, deadLimit), Math.max(insert, toast));
    }

    /// In words, for the summary: which rule, by how much.
    String rule() {
        double insert = insertLimit == null ? 0 : insertedRows / Math.max(1, insertLimit);
        double toast = toastDeadLimit == null ? 0 : toastDeadRows / Math.max(1, toastDeadLimit);
        double dead = deadRows / Math.max(1, deadLimit);
        if (dead >= insert && dead >= toast) {
            return "%,d dead rows against a limit of %,.0f".formatted(deadRows, deadLimit);
        }
        return toast > insert
                ? "%,d dead rows in its TOAST table against a limit of %,.0f"
                        .formatted(toastDeadRows, toastDeadLimit)
                : "%,d rows inserted since the last vacuum against a limit of %,.0f"
                        .formatted(insertedRows, insertLimit);
    }

    /// Since the last vacuum; if there never was one, since the statistics began; null if unknown.
    @Nullable Duration sinceVacuum() {
        var since = lastVacuum == null ? statsSince : lastVacuum;
        return since == null ? null : Duration.between(since, at);
    }

    boolean late() {
        var since = sinceVacuum();
        return excess() >= 1 && since != null && since.compareTo(LATE) > 0;
    }
}
