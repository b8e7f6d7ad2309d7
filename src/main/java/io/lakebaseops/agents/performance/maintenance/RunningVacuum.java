package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A vacuum that runs, as `pg_stat_progress_vacuum` tells.
///
/// @param table null when it is in another database; its OID then is all that is known
/// @param phase in PostgreSQL's words; null when this login may not see it
/// @param share of the phase that is done, 0 to 1; NaN when it cannot be told
/// @param phaseEnds at the pace measured so far; null when that is not known
/// @param blockedBy the sessions whose locks it waits for
/// @param removesNothing who keeps every dead row of its table; null when some can go
public record RunningVacuum(
        int pid,
        @Nullable String database,
        @Nullable String schema,
        @Nullable String table,
        boolean toast,
        boolean automatic,
        boolean againstWraparound,
        @Nullable String phase,
        double share,
        long indexesDone,
        long indexes,
        @Nullable Instant started,
        @Nullable Instant phaseEnds,
        List<Integer> blockedBy,
        @Nullable String removesNothing) {
    public RunningVacuum {
        blockedBy = List.copyOf(blockedBy);
    }

    public String name() {
        return table == null
                ? "a table of " + database
                : schema + "." + table + (toast ? " TOAST" : "");
    }
}
