package io.lakebaseops.console.indexes;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.domain.plan.FiledPlan;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is behind the chosen finding.
///
/// @param plan that waits for a decision or is carried out; null when none is filed
/// @param past what was proposed for it before, newest first
record FindingDetail(FindingLine line, @Nullable FiledPlan plan, List<PlanQueue.Entry> past) {
    FindingDetail {
        past = List.copyOf(past);
    }
}
