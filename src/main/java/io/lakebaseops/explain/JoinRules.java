package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Nested loops and subqueries that were run far more often than is good.
final class JoinRules implements DiagnosisRule {
    private static final double MANY_LOOPS = 1000;

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        var found = new ArrayList<PlanProblem>();
        for (var child : node.children()) {
            if ("SubPlan".equals(child.place())) {
                subplan(node, child, context, found);
            }
        }
        if (node.is("Nested Loop") && node.inputs().size() == 2) {
            nestedLoop(node, context, found);
        }
        return found;
    }

    private static void nestedLoop(
            PlanNode join, DiagnosisContext context, List<PlanProblem> found) {
        var outer = join.inputs().getFirst();
        var inner = join.inputs().getLast();
        double share = context.share(join) + context.shareBelow(inner);
        double loops = loops(inner, outer);
        if (share < MUCH || loops < MANY_LOOPS) {
            return;
        }
        if (repeated(join, inner)) {
            found.add(wholeInner(join, context, share, loops));
            return;
        }
        var figures = context.of(outer);
        if (figures.off() >= 10 && figures.factor() > 1) {
            var estimate = outer.estimate();
            found.add(
                    new PlanProblem(
                            PlanCause.NESTED_LOOP,
                            join,
                            share,
                            "The inner side was run %s times, %s were expected; join and inner"
                                            .formatted(
                                                    Format.grouped(loops),
                                                    Format.grouped(
                                                            estimate == null ? 0 : estimate.rows()))
                                    + " side take %s of the time."
                                            .formatted(DiagnosisContext.percent(share)),
                            "For few rows a nested loop is the fastest join; for many a hash join"
                                    + " is. The planner chose by an estimate that was wrong.",
                            "SET enable_nestloop = off and explain again: compare the times.",
                            "Mend the estimate where the error begins (it is marked in the"
                                    + " plan).",
                            "Switching nested loops off for a server or role harms other"
                                    + " statements."));
        }
    }

    private static double loops(PlanNode inner, PlanNode outer) {
        var actual = inner.actual();
        if (actual != null) {
            return actual.loops();
        }
        return outer.estimate() == null ? 1 : outer.estimate().rows();
    }

    /// Does the inner side go through the same rows for each row of the outer one?
    private static boolean repeated(PlanNode join, PlanNode inner) {
        return inner.is("Seq Scan")
                || (inner.is("Materialize") && join.number("Rows Removed by Join Filter") > 0)
                || (inner.is("Materialize") && inner.inputs().getFirst().is("Seq Scan"));
    }

    /// A side of the join that reads a whole table.
    private static @Nullable PlanNode wholeScan(PlanNode side) {
        var node = side.is("Materialize") ? side.inputs().getFirst() : side;
        return node.is("Seq Scan") ? node : null;
    }

    private static List<String> joined(PlanNode join, PlanNode scan) {
        var property = join.says("Join Filter") ? join : scan;
        var alias = scan.text("Alias");
        return Condition.of(property.text(property == join ? "Join Filter" : "Filter"))
                .terms()
                .stream()
                .filter(ConditionTerm::searchable)
                .filter(t -> t.qualifier() == null || t.qualifier().equals(alias))
                .map(ConditionTerm::column)
                .distinct()
                .toList();
    }

    private static PlanProblem wholeInner(
            PlanNode join, DiagnosisContext context, double share, double loops) {
        var inner = join.inputs().getLast();
        var scan =
                Stream.of(inner, join.inputs().getFirst())
                        .map(JoinRules::wholeScan)
                        .filter(s -> s != null && !joined(join, s).isEmpty())
                        .findFirst()
                        .orElse(null);
        List<String> columns = scan == null ? List.of() : joined(join, scan);
        var rows = inner.actual() == null ? 0 : inner.actual().rows();
        var what = scan == null ? "the other side" : String.valueOf(scan.table());
        return new PlanProblem(
                        columns.isEmpty() ? PlanCause.NESTED_LOOP : PlanCause.MISSING_INDEX,
                        join,
                        share,
                        "%s rows were gone through %s times for the join; %s of the time."
                                .formatted(
                                        Format.grouped(rows),
                                        Format.grouped(loops),
                                        DiagnosisContext.percent(share)),
                        columns.isEmpty()
                                ? "The join condition is no comparison that a hash join or an"
                                        + " index could serve."
                                : "No index on %s leads from a row of the other side to its"
                                                .formatted(String.join(", ", columns))
                                        + " matches.",
                        "Look at Join Filter and Rows Removed by Join Filter.",
                        columns.isEmpty()
                                ? "Write the join condition as = of columns, or narrow one side"
                                        + " first."
                                : "Test an index on %s (%s)."
                                        .formatted(what, String.join(", ", columns)),
                        "For a table of a few rows this is right.")
                .with(scan == null ? null : ScanRules.idea(scan, "btree", columns));
    }

    private static void subplan(
            PlanNode node, PlanNode child, DiagnosisContext context, List<PlanProblem> found) {
        var actual = child.actual();
        double share = context.shareBelow(child);
        if (actual == null || actual.loops() < MANY_LOOPS || share < MUCH) {
            return;
        }
        var filter = node.text("Filter");
        boolean notIn =
                filter != null
                        && (filter.contains("<> ALL (")
                                || filter.contains("NOT (SubPlan")
                                || filter.contains("NOT (ANY"));
        found.add(
                new PlanProblem(
                        PlanCause.SUBPLAN_PER_ROW,
                        child,
                        share,
                        "%s was run %s times, once for each row of %s; %s of the time."
                                .formatted(
                                        child.text("Subplan Name"),
                                        Format.grouped(actual.loops()),
                                        DiagnosisContext.named(node),
                                        DiagnosisContext.percent(share)),
                        notIn
                                ? "NOT IN with a subquery is compared row by row when its result"
                                        + " does not fit into work_mem."
                                : "A subquery that depends on the row cannot be joined as a"
                                        + " whole.",
                        "Look for the columns of the outer query inside the subquery.",
                        notIn
                                ? "Write NOT EXISTS, which can be an anti join."
                                : "Write it as a join, with LATERAL, or group it once and join"
                                        + " the groups.",
                        notIn
                                ? "NOT IN gives no row at all when the subquery gives a NULL; NOT"
                                        + " EXISTS does."
                                : "An index for the condition inside the subquery is the smaller"
                                        + " change."));
    }
}
