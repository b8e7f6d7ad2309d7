package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One reason why a statement is slow: what was seen, why it costs time, how to check it, what to
/// do.
///
/// @param node number of the node it was seen at; the root for what concerns the whole statement
/// @param share of the statement's time that is at stake, 0 to 1; an upper bound of the gain
/// @param seen facts of the plan with their figures
/// @param why it costs time
/// @param check how a person can see it
/// @param remedy what to do
/// @param caveats when that would be wrong
/// @param index to test, null when none would help
public record PlanProblem(
        PlanCause cause,
        int node,
        double share,
        String seen,
        String why,
        String check,
        String remedy,
        List<String> caveats,
        @Nullable IndexIdea index) {
    public PlanProblem {
        caveats = List.copyOf(caveats);
    }

    PlanProblem(
            PlanCause cause,
            PlanNode node,
            double share,
            String seen,
            String why,
            String check,
            String remedy,
            String... caveats) {
        this(cause, node.number(), share, seen, why, check, remedy, List.of(caveats), null);
    }

    PlanProblem with(@Nullable IndexIdea idea) {
        return new PlanProblem(cause, node, share, seen, why, check, remedy, caveats, idea);
    }
}
