package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

/// What a node did by itself, without the nodes below.
///
/// @param selfMillis elapsed time of all loops, null where no time was measured
/// @param timeShare of the statement's time, 0 to 1; 0 where no time was measured
/// @param selfCost in planner units, all loops
/// @param costShare of the statement's cost, 0 to 1
/// @param buffers pages used by the node alone, null without BUFFERS
/// @param factor rows given by rows expected, over 1 when more came; 1 when not measured
/// @param estimate what that factor means
public record NodeFigures(
        @Nullable Double selfMillis,
        double timeShare,
        double selfCost,
        double costShare,
        @Nullable Buffers buffers,
        double factor,
        RowEstimate estimate,
        PlanSeverity severity) {

    /// How many times too high or too low the estimate was; 1 is exact.
    public double off() {
        return Math.max(factor, 1 / factor);
    }
}
