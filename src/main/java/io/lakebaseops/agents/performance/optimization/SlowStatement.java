package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.postgres.ExplainText;

import org.jspecify.annotations.Nullable;

/// A statement of `statements/slow_statements`.
///
/// @param meanMs of a call
/// @param tempBytesPerCall written to temporary files
/// @param callsPerMinute mean since its entry was made
record SlowStatement(
        long queryid,
        String databaseName,
        @Nullable String query,
        long calls,
        double meanMs,
        double totalMs,
        double rowsPerCall,
        double tempBytesPerCall,
        double callsPerMinute) {
    private static final String HIDDEN = "<insufficient privilege>";

    /// Why it cannot be explained, null when it can.
    @Nullable String refusal() {
        if (query == null || query.equals(HIDDEN)) {
            return "its text is hidden from this login (GRANT pg_read_all_stats)";
        }
        return ExplainText.refusal(query);
    }

    /// The statement with the plan the server would choose, or why there is none.
    record Explained(SlowStatement statement, @Nullable ExplainedPlan plan, @Nullable String why) {}
}
