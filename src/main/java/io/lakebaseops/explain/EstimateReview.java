package io.lakebaseops.explain;

import java.util.HashMap;
import java.util.Map;

/// Finds where the planner's row estimates went wrong: the node where an error begins is told from
/// those that inherit it, and from those that were stopped before they had given all rows.
final class EstimateReview {
    /// Fewer rows than this are no reason for a wrong plan.
    private static final double FEW_ROWS = 100;

    private static final double WRONG = 10;

    private final Map<Integer, Double> factors = new HashMap<>();
    private final Map<Integer, RowEstimate> estimates = new HashMap<>();

    EstimateReview(PlanNode root) {
        review(root, false);
    }

    double factor(PlanNode node) {
        return factors.getOrDefault(node.number(), 1.0);
    }

    RowEstimate of(PlanNode node) {
        return estimates.getOrDefault(node.number(), RowEstimate.GOOD);
    }

    /// @param stoppable a node above may stop it before its last row
    private void review(PlanNode node, boolean stoppable) {
        for (var child : node.children()) {
            review(child, stops(node, child) || (stoppable && !needsAll(node)));
        }
        var actual = node.actual();
        var estimate = node.estimate();
        if (actual == null || estimate == null || !actual.executed() || silent(node)) {
            return;
        }
        // A node of an extension that costs nothing was not estimated: its row count is a filler.
        if (node.is("Custom Scan") && estimate.totalCost() == 0) {
            return;
        }
        double factor = Math.max(1, actual.rows()) / Math.max(1, estimate.rows());
        factors.put(node.number(), factor);
        double off = Math.max(factor, 1 / factor);
        if (off < WRONG || Math.max(actual.allRows(), estimate.rows()) < FEW_ROWS) {
            return;
        }
        estimates.put(node.number(), judged(node, factor, off, stoppable));
    }

    private RowEstimate judged(PlanNode node, double factor, double off, boolean stoppable) {
        if (factor < 1 && stoppable) {
            return RowEstimate.STOPPED_EARLY;
        }
        for (var input : node.inputs()) {
            double below = factor(input);
            boolean sameWay = (below < 1) == (factor < 1);
            boolean most = Math.max(below, 1 / below) * 3 >= off;
            if (sameWay && most && of(input) != RowEstimate.GOOD) {
                return of(input) == RowEstimate.STOPPED_EARLY
                        ? RowEstimate.STOPPED_EARLY
                        : RowEstimate.FROM_BELOW;
            }
        }
        return RowEstimate.ORIGIN;
    }

    /// Nodes whose rows mean something else: bitmaps count tuples of an index, a hash table and a
    /// change give none.
    private static boolean silent(PlanNode node) {
        return node.is("BitmapAnd", "BitmapOr", "ModifyTable", "Hash", "LockRows")
                || (node.is("Materialize", "Memoize") && "Inner".equals(node.place()));
    }

    /// May this node end before it has taken all rows of the child?
    private static boolean stops(PlanNode node, PlanNode child) {
        if ("SubPlan".equals(child.place())) {
            return true;
        }
        if (node.is("Limit")) {
            return !child.valuePlan();
        }
        if (node.is("Merge Join")) {
            return true;
        }
        var join = node.text("Join Type");
        boolean firstMatch =
                "Semi".equals(join)
                        || "Anti".equals(join)
                        || node.properties().path("Inner Unique").asBoolean(false);
        return node.is("Nested Loop") && "Inner".equals(child.place()) && firstMatch;
    }

    /// Does this node take all rows of its input before it gives its first?
    private static boolean needsAll(PlanNode node) {
        return node.is("Sort", "Hash", "Bitmap Index Scan")
                || (node.is("Aggregate") && !"Sorted".equals(node.text("Strategy")));
    }
}
