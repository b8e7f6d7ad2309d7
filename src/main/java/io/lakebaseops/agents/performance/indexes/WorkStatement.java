package io.lakebaseops.agents.performance.indexes;

import java.time.Instant;

/// A statement of the workload with its totals, as `indexes/workload` returns it.
///
/// @param queryid as text, since JSON numbers lose digits
/// @param statsSince since when its totals count
record WorkStatement(
        String queryid,
        String queryText,
        long calls,
        double totalMs,
        long rows,
        Instant statsSince) {
    double meanMs() {
        return totalMs / Math.max(1, calls);
    }
}
