package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.trial.TrialReport;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is behind the chosen finding.
///
/// @param plan that waits for a decision or is carried out; null when none is filed
/// @param trial of its plan on a branch; null when none was made
/// @param planned what the planner twin says; null when it was not asked
/// @param certified what is kept of its index; null when nothing is
/// @param past what was proposed for it before, newest first
record FindingDetail(
        FindingLine line,
        @Nullable FiledPlan plan,
        List<PlanQueue.Entry> past,
        @Nullable TrialReport trial,
        IndexPlanning.@Nullable Answer planned,
        IndexAdvice.@Nullable Certified certified) {
    FindingDetail {
        past = List.copyOf(past);
    }
}
