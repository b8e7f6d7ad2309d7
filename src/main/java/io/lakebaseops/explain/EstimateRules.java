package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.ConditionTerm.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Row estimates that went wrong, with the likely reason, at the node where the error begins.
final class EstimateRules implements DiagnosisRule {
    private static final double STALE = 0.1;
    private static final List<String> CONDITIONS = List.of("Filter", "Index Cond", "Recheck Cond");
    private static final Pattern UNKNOWN_ARRAY =
            Pattern.compile("= ANY \\((?:\\$\\d+|\\(InitPlan)");

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        var figures = context.of(node);
        double stake = stake(node, context);
        if (figures.estimate() != RowEstimate.ORIGIN || stake < MATTERS) {
            return List.of();
        }
        return List.of(problem(node, context, stake));
    }

    /// What could go better: everything the nearest join or sort above takes with all below it.
    private static double stake(PlanNode node, DiagnosisContext context) {
        for (var above = context.parent(node); above != null; above = context.parent(above)) {
            if (above.join() || above.is("Sort", "Aggregate")) {
                return context.shareBelow(above);
            }
        }
        return context.shareBelow(node);
    }

    private static PlanProblem problem(PlanNode node, DiagnosisContext context, double stake) {
        var fact = context.table(node);
        var conditions =
                CONDITIONS.stream().flatMap(c -> DiagnosisContext.terms(node, c).stream()).toList();
        if (node.is("Function Scan")) {
            return function(node, context, stake);
        }
        if (node.is("Aggregate", "Group", "Unique")) {
            return groups(node, context, stake);
        }
        if (node.join()) {
            return join(node, context, stake);
        }
        if (node.is("CTE Scan")) {
            return expressionTable(node, context, stake);
        }
        if (fact.isPresent()
                && (fact.get().changedShare() >= STALE || fact.get().analyzed() == null)) {
            return stale(node, context, stake, fact.get());
        }
        if (CONDITIONS.stream().anyMatch(c -> unknownArray(node.text(c)))) {
            return array(node, context, stake);
        }
        if (conditions.stream().anyMatch(t -> t.function() != null || t.cast() != null)) {
            return expression(node, context, stake, conditions);
        }
        var equal =
                conditions.stream()
                        .filter(t -> !t.inOr() && t.kind() == Kind.EQUAL && !t.join())
                        .map(ConditionTerm::column)
                        .distinct()
                        .toList();
        boolean known =
                fact.isPresent()
                        && fact.get().extendedStatistics().stream()
                                .anyMatch(s -> s.containsAll(Set.copyOf(equal)));
        if (equal.size() >= 2 && !known) {
            return correlated(node, context, stake, equal);
        }
        return other(node, context, stake, conditions);
    }

    private static String seen(PlanNode node, DiagnosisContext context) {
        var actual = node.actual();
        var estimate = node.estimate();
        return "%s: %s expected, %s came (×%s too %s)."
                .formatted(
                        DiagnosisContext.named(node),
                        Format.count(estimate == null ? 0 : Math.round(estimate.rows()), "row"),
                        Format.grouped(actual == null ? 0 : actual.rows()),
                        Format.grouped(context.of(node).off()),
                        context.of(node).factor() > 1 ? "low" : "high");
    }

    private static PlanProblem function(PlanNode node, DiagnosisContext context, double stake) {
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                seen(node, context),
                "The planner does not look into a function; without ROWS it takes it for 1,000"
                        + " rows (or what its author declared).",
                "Look at prorows of the function in pg_proc.",
                "ALTER FUNCTION … ROWS n, or put the rows into a temporary table and ANALYZE it.",
                "One number serves all calls of the function.");
    }

    private static boolean unknownArray(@Nullable String condition) {
        return condition != null && UNKNOWN_ARRAY.matcher(condition).find();
    }

    private static PlanProblem array(PlanNode node, DiagnosisContext context, double stake) {
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                seen(node, context) + " It is asked for any value of an array.",
                "How many values the array has is not known when the plan is made; the planner"
                        + " takes it for ten.",
                "Count the elements of the array that is passed.",
                "Join with unnest(array) or the subquery itself instead of = ANY (array); for a"
                        + " prepared statement use a custom plan.",
                "For arrays of about ten values the estimate is right.");
    }

    private static PlanProblem expressionTable(
            PlanNode node, DiagnosisContext context, double stake) {
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                seen(node, context),
                "A materialized WITH query is planned by itself; conditions on its result are"
                        + " guessed without statistics.",
                "Look at the rows of the WITH query itself, then at the condition of this scan.",
                "Write NOT MATERIALIZED, put the condition inside the WITH query, or use a"
                        + " temporary table and ANALYZE it.",
                "WITH queries that change rows or are recursive cannot be inlined.");
    }

    private static PlanProblem groups(PlanNode node, DiagnosisContext context, double stake) {
        var keys = node.text("Group Key");
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                "%s Grouped by %s.".formatted(seen(node, context), keys == null ? "—" : keys),
                "How many different values the columns have together was guessed wrongly; the"
                        + " number is sampled, and for several columns multiplied.",
                "Compare count(distinct …) with n_distinct in pg_stats.",
                "CREATE STATISTICS (ndistinct) on the columns of the key, or ALTER TABLE … ALTER"
                        + " COLUMN … SET (n_distinct = …) for one; then ANALYZE.",
                "Expressions in the key need statistics on the expression.");
    }

    private static PlanProblem join(PlanNode node, DiagnosisContext context, double stake) {
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                seen(node, context) + " Its inputs were estimated better.",
                "How many rows match across two tables is guessed from each column alone; skewed"
                        + " values and joins over several columns are not seen.",
                "Join on the condition shown and count; look for a few values that many rows"
                        + " have.",
                "Raise the statistics target of the joined columns and ANALYZE; filter on the"
                        + " many-valued side earlier, or split the statement.",
                "CREATE STATISTICS does not help joins in PostgreSQL 17.");
    }

    private static PlanProblem stale(
            PlanNode node, DiagnosisContext context, double stake, TableFact fact) {
        return new PlanProblem(
                PlanCause.STALE_STATISTICS,
                node,
                stake,
                "%s %s of %s rows of %s changed since the last ANALYZE%s."
                        .formatted(
                                seen(node, context),
                                Format.grouped(fact.changedSinceAnalyze()),
                                Format.grouped(fact.rows()),
                                fact.name(),
                                fact.analyzed() == null ? ", which is not known" : ""),
                "The planner knows the table as it was then.",
                "See last_analyze, last_autoanalyze and n_mod_since_analyze in"
                        + " pg_stat_user_tables.",
                "ANALYZE %s; and let autovacuum analyze it sooner (autovacuum_analyze_scale_factor)."
                        .formatted(fact.name()),
                "After ANALYZE the estimate must be right, or another reason is at work.");
    }

    private static PlanProblem expression(
            PlanNode node, DiagnosisContext context, double stake, List<ConditionTerm> conditions) {
        var term =
                conditions.stream()
                        .filter(t -> t.function() != null || t.cast() != null)
                        .findFirst()
                        .orElseThrow();
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                "%s The condition is on an expression of %s."
                        .formatted(seen(node, context), term.column()),
                "There are statistics of columns, not of what is computed from them; the planner"
                        + " takes a fixed share instead.",
                "Explain with the bare column to compare.",
                "CREATE STATISTICS … ON (expression) FROM table, then ANALYZE; or write the"
                        + " condition on the bare column.",
                "An index on the expression gathers such statistics too.");
    }

    private static PlanProblem correlated(
            PlanNode node, DiagnosisContext context, double stake, List<String> columns) {
        var table = node.table();
        return new PlanProblem(
                PlanCause.CORRELATED_COLUMNS,
                node,
                stake,
                "%s The conditions are on %s together."
                        .formatted(seen(node, context), String.join(" and ", columns)),
                "The planner multiplies the shares of the conditions as if the columns had nothing"
                        + " to do with each other.",
                "Compare count(*) for both conditions with the product of the shares of each.",
                "CREATE STATISTICS … (dependencies, mcv) ON %s FROM %s; then ANALYZE."
                        .formatted(String.join(", ", columns), table == null ? "the table" : table),
                "It helps where the values of one column go with those of the other; the mcv list"
                        + " holds only frequent pairs.");
    }

    private static PlanProblem other(
            PlanNode node, DiagnosisContext context, double stake, List<ConditionTerm> conditions) {
        boolean range = conditions.stream().anyMatch(t -> t.kind() == Kind.RANGE);
        return new PlanProblem(
                PlanCause.ROW_MISESTIMATE,
                node,
                stake,
                seen(node, context),
                range
                        ? "The values asked for lie where the histogram is coarse or ends, often at"
                                + " the newest rows."
                        : "The statistics of the columns do not show how often these values occur.",
                "Look at most_common_vals and histogram_bounds in pg_stats, and at the time of the"
                        + " last ANALYZE.",
                "ANALYZE the table; if that does not help, raise the statistics target of the"
                        + " column (ALTER COLUMN … SET STATISTICS 1000).",
                "A generic plan of a prepared statement is made without values: compare with"
                        + " plan_cache_mode = force_custom_plan.");
    }
}
