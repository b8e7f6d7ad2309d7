package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.ConditionTerm.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is known of a statement while its plan is diagnosed.
record DiagnosisContext(
        ExplainedPlan plan,
        PlanFigures figures,
        TableFacts tables,
        StatementFacts statement,
        Map<Integer, PlanNode> parents) {
    static DiagnosisContext of(ExplainedPlan plan, TableFacts tables, StatementFacts statement) {
        var parents = new HashMap<Integer, PlanNode>();
        plan.root().all().forEach(n -> n.children().forEach(c -> parents.put(c.number(), n)));
        return new DiagnosisContext(plan, PlanFigures.of(plan), tables, statement, parents);
    }

    @Nullable PlanNode parent(PlanNode node) {
        return parents.get(node.number());
    }

    /// Share of the statement that the node takes by itself: of its time, of its cost where no time
    /// was measured.
    double share(PlanNode node) {
        var of = figures.of(node);
        return figures.millis() == null ? of.costShare() : of.timeShare();
    }

    /// Share of the node with all below it, values for conditions included.
    double shareBelow(PlanNode node) {
        return Math.min(1, node.all().mapToDouble(this::share).sum());
    }

    NodeFigures of(PlanNode node) {
        return figures.of(node);
    }

    Optional<TableFact> table(PlanNode scan) {
        var name = scan.text("Relation Name");
        return name == null ? Optional.empty() : tables.table(scan.text("Schema"), name);
    }

    /// Rows of a table by the catalog, else by what the plan shows of it.
    double rowsOf(PlanNode scan) {
        return table(scan).map(TableFact::rows).orElseGet(() -> rowsSeen(scan));
    }

    /// Rows of one loop that a scan looked at: those it gave and those it threw away.
    static double rowsSeen(PlanNode scan) {
        var actual = scan.actual();
        double removed = scan.number("Rows Removed by Filter");
        if (actual != null) {
            return actual.rows() + removed;
        }
        return scan.estimate() == null ? 0 : scan.estimate().rows();
    }

    /// Rows of all loops that a filter threw away.
    static double rowsRemoved(PlanNode scan) {
        var actual = scan.actual();
        return actual == null ? 0 : scan.number("Rows Removed by Filter") * actual.loops();
    }

    /// Columns of a filter that a btree could use: equality first, then one range.
    static List<String> searchColumns(PlanNode scan, String property) {
        var terms = terms(scan, property).stream().filter(ConditionTerm::searchable).toList();
        var columns = new ArrayList<String>();
        terms.stream()
                .filter(t -> t.kind() == Kind.EQUAL && !columns.contains(t.column()))
                .forEach(t -> columns.add(t.column()));
        terms.stream()
                .filter(t -> t.kind() == Kind.RANGE && !columns.contains(t.column()))
                .findFirst()
                .ifPresent(t -> columns.add(t.column()));
        return columns;
    }

    /// Comparisons of the scan's own columns in one of its conditions.
    static List<ConditionTerm> terms(PlanNode scan, String property) {
        var alias = scan.text("Alias");
        return Condition.of(scan.text(property)).terms().stream()
                .filter(t -> t.qualifier() == null || t.qualifier().equals(alias))
                .toList();
    }

    static String named(PlanNode node) {
        var table = node.table();
        return table == null ? node.type() : "%s on %s".formatted(node.type(), table);
    }

    static String percent(double share) {
        return "%s %%".formatted(Format.grouped(share * 100));
    }

    static String millis(double millis) {
        return Format.seconds(millis / 1000).toString();
    }

    static String kilobytes(double kilobytes) {
        return Format.size(kilobytes * 1024);
    }
}
