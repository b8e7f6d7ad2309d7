package io.lakebaseops.lakehouse.history;

import java.time.Instant;
import java.util.List;

/// How one statement developed over a time range, slice by slice.
///
/// @param slices those in which it ran
public record StatementTrend(long queryId, List<Slice> slices) {
    public StatementTrend {
        slices = List.copyOf(slices);
    }

    /// @param reset counters began anew
    /// @param simulated some of it was generated, not measured
    public record Slice(
            Instant from,
            Instant until,
            StatementTotals.Work work,
            boolean reset,
            boolean simulated) {}
}
