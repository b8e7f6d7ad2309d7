package io.lakebaseops.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds why a statement is slow from its plan, what the catalog says of its tables, and how it
/// runs. No language model takes part: each reason follows from figures that it names.
public final class PlanDiagnosis {
    private static final List<DiagnosisRule> RULES =
            List.of(
                    new ScanRules(),
                    new IndexScanRules(),
                    new EstimateRules(),
                    new JoinRules(),
                    new SortRules(),
                    new SpillRules(),
                    new WholePlanRules());

    /// A faster statement has no slow node; how often it is called can still be a problem.
    private static final double WORTH_A_LOOK_MILLIS = 1;

    private PlanDiagnosis() {}

    /// @return reasons, the one with most at stake first; none when nothing explains the time
    public static List<PlanProblem> of(
            ExplainedPlan plan, TableFacts tables, StatementFacts statement) {
        var context = DiagnosisContext.of(plan, tables, statement);
        var problems = new ArrayList<PlanProblem>();
        var whole = context.figures().millis();
        plan.root()
                .all()
                .filter(_ -> whole == null || whole >= WORTH_A_LOOK_MILLIS)
                .forEach(
                        node -> {
                            for (var rule : RULES) {
                                problems.addAll(rule.at(node, context));
                            }
                        });
        problems.addAll(StatementRules.of(context));
        problems.sort(
                Comparator.comparingDouble(PlanProblem::share)
                        .reversed()
                        .thenComparing(PlanProblem::cause));
        return List.copyOf(problems);
    }
}
