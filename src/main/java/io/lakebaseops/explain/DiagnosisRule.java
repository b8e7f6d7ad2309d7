package io.lakebaseops.explain;

import java.util.List;

/// A group of reasons for slowness that are looked for in the same part of a plan.
interface DiagnosisRule {
    /// Below this share of the time a node is not worth a word.
    double MATTERS = 0.05;

    /// At this share it is likely what a person looks for.
    double MUCH = 0.2;

    List<PlanProblem> at(PlanNode node, DiagnosisContext context);
}
