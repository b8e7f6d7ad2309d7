package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Count;
import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.change.approval.PlanQueue.Group;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.RiskLevel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The queue and its history at one moment, as far as they are listed.
///
/// @param counts of all that wait, also of what is not listed
/// @param waiting with how many alike ones each has; not all of them are listed
/// @param held what is not proposed again because somebody said no
/// @param looked the plan looked at as it stands now, wherever it is; null when there is none
record ApprovalsSnapshot(
        List<Count> counts,
        List<Group> waiting,
        List<Entry> running,
        List<Group> decided,
        List<HeldBack> held,
        @Nullable FiledPlan looked) {
    ApprovalsSnapshot {
        counts = List.copyOf(counts);
        waiting = List.copyOf(waiting);
        running = List.copyOf(running);
        decided = List.copyOf(decided);
        held = List.copyOf(held);
    }

    /// @param target null for every server
    int waits(@Nullable TargetId target) {
        return counts.stream()
                .filter(c -> target == null || c.target().equals(target))
                .mapToInt(Count::plans)
                .sum();
    }

    int waits(@Nullable TargetId target, RiskLevel risk) {
        return counts.stream()
                .filter(c -> c.risk() == risk)
                .filter(c -> target == null || c.target().equals(target))
                .mapToInt(Count::plans)
                .sum();
    }
}
