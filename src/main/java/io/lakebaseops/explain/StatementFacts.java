package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

/// How a statement runs, as pg_stat_statements, wait samples and the plan history know it.
///
/// @param query its text, null when not known
/// @param callsPerMinute 0 when not known
/// @param meanMillis of a call, 0 when not known
/// @param rowsPerCall rows given or changed, 0 when not known
/// @param tempBytesPerCall written to temporary files, 0 when not known
/// @param lockShare of the samples of this statement that waited for a lock, 0 to 1
/// @param previousPlan how the plan before this one differed, in words; null when it has not
///     changed
/// @param previousMillis mean time of a call with the plan before, 0 when not known
public record StatementFacts(
        @Nullable String query,
        double callsPerMinute,
        double meanMillis,
        double rowsPerCall,
        double tempBytesPerCall,
        double lockShare,
        @Nullable String previousPlan,
        double previousMillis) {
    /// For a plan alone.
    public static final StatementFacts UNKNOWN = new StatementFacts(null, 0, 0, 0, 0, 0, null, 0);
}
