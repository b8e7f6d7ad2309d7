package io.lakebaseops.console.plan;

import io.lakebaseops.agents.performance.indexes.WantedIndex;
import io.lakebaseops.console.Texts;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.explain.PlanComparison;
import io.lakebaseops.explain.PlanDiagnosis;
import io.lakebaseops.explain.PlanFigures;
import io.lakebaseops.explain.PlanFormat;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.PlanProblem;
import io.lakebaseops.explain.PrintedPlan;
import io.lakebaseops.explain.StatementFacts;
import io.lakebaseops.explain.TableFacts;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// An execution plan measured, diagnosed and printed: all that the plan page shows of it, made off
/// the screen's thread.
///
/// @param origin where it comes from, such as `EXPLAIN, cost only`
/// @param statement of pg_stat_statements it belongs to; null for a pasted plan
/// @param problems most at stake first
/// @param before the plan it had before; null when none is known
/// @param tested indexes the planner twin has planned the statement with
public record PlanDocument(
        ExplainedPlan plan,
        PlanFigures figures,
        List<PlanProblem> problems,
        Map<PlanFormat, PrintedPlan> printed,
        String title,
        String origin,
        @Nullable Statement statement,
        @Nullable String sql,
        @Nullable Before before,
        Map<IndexIdea, WantedIndex.Answer> tested) {
    public PlanDocument {
        tested = Map.copyOf(tested);
        problems = List.copyOf(problems);
        printed = Map.copyOf(printed);
    }

    /// @param queryid of pg_stat_statements
    /// @param name short, as a person says it
    public record Statement(String queryid, String name, String database) {}

    /// The plan a statement had before this one.
    ///
    /// @param when this one was first seen, in words
    /// @param comparison of the two
    public record Before(String title, String when, PlanComparison comparison) {}

    /// What a person pasted; needs no server.
    ///
    /// @throws io.lakebaseops.explain.UnreadablePlanException says what is wrong with the text
    public static PlanDocument pasted(String text, String origin) {
        var plan = ExplainedPlan.read(text);
        var problems = PlanDiagnosis.of(plan, TableFacts.UNKNOWN, StatementFacts.UNKNOWN);
        return of(plan, problems, Texts.of("Pasted plan"), origin, null, plan.query());
    }

    public static PlanDocument of(
            ExplainedPlan plan,
            List<PlanProblem> problems,
            String title,
            String origin,
            @Nullable Statement statement,
            @Nullable String sql) {
        var printed = new EnumMap<PlanFormat, PrintedPlan>(PlanFormat.class);
        for (var format : PlanFormat.values()) {
            printed.put(format, PrintedPlan.of(plan, format));
        }
        return new PlanDocument(
                plan,
                PlanFigures.of(plan),
                problems,
                printed,
                title,
                origin,
                statement,
                sql,
                null,
                Map.of());
    }

    /// The same beside the plan the statement had before.
    public PlanDocument after(@Nullable Before earlier) {
        return new PlanDocument(
                plan, figures, problems, printed, title, origin, statement, sql, earlier, tested);
    }

    /// The same with what the planner twin makes of the indexes it calls for.
    public PlanDocument tested(Map<IndexIdea, WantedIndex.Answer> answers) {
        return new PlanDocument(
                plan, figures, problems, printed, title, origin, statement, sql, before, answers);
    }

    PrintedPlan printed(PlanFormat format) {
        return Objects.requireNonNull(printed.get(format));
    }

    List<PlanProblem> at(PlanNode node) {
        return problems.stream().filter(p -> p.node() == node.number()).toList();
    }

    /// The node that takes most of what is measured.
    PlanNode costliest(PlanMeasure measure) {
        return plan.root()
                .all()
                .max(Comparator.comparingDouble(n -> measure.value(this, n)))
                .orElse(plan.root());
    }

    Map<Integer, PlanNode> parents() {
        var parents = new HashMap<Integer, PlanNode>();
        plan.root().all().forEach(n -> n.children().forEach(c -> parents.put(c.number(), n)));
        return parents;
    }
}
