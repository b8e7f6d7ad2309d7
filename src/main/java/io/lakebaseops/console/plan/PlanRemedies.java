package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.plan.PlanActs.PlanRemedy;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.explain.PlanCause;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.PlanProblem;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The changes that the problems of a plan call for and that can be filed for approval.
final class PlanRemedies {
    private static final Pattern COLUMN = Pattern.compile("[a-z_][a-z0-9_$]*|\"(?:[^\"]|\"\")+\"");

    private PlanRemedies() {}

    /// One for each table and each index, in the order of what is at stake.
    static List<PlanRemedy> of(PlanDocument document) {
        var remedies = new LinkedHashMap<String, PlanRemedy>();
        for (var problem : document.problems()) {
            var index = problem.index();
            if (index != null) {
                var words = words(index);
                remedies.putIfAbsent(
                        words,
                        new PlanRemedy(
                                PlanRemedy.Kind.INDEX,
                                problem,
                                index.schema(),
                                index.table(),
                                words,
                                whyNotIndex(document, index)));
            }
            if (statistics(problem)) {
                scan(document, problem)
                        .ifPresent(
                                scan ->
                                        remedies.putIfAbsent(
                                                "ANALYZE " + scan.table(),
                                                new PlanRemedy(
                                                        PlanRemedy.Kind.ANALYZE,
                                                        problem,
                                                        scan.text("Schema"),
                                                        String.valueOf(scan.text("Relation Name")),
                                                        "ANALYZE " + scan.table(),
                                                        whyNot(document, scan.text("Schema")))));
            }
        }
        return List.copyOf(remedies.values());
    }

    private static boolean statistics(PlanProblem problem) {
        return problem.cause() == PlanCause.STALE_STATISTICS
                || problem.cause() == PlanCause.ROW_MISESTIMATE;
    }

    /// The scan whose estimate is meant: the node itself, or the only table below it.
    static Optional<PlanNode> scan(PlanDocument document, PlanProblem problem) {
        var node = document.plan().node(problem.node());
        if (node.isEmpty()) {
            return Optional.empty();
        }
        var scans = node.get().all().filter(PlanNode::scan).toList();
        return node.get().scan()
                ? node
                : scans.stream().map(PlanNode::table).distinct().count() == 1
                        ? Optional.of(scans.getFirst())
                        : Optional.empty();
    }

    static String words(IndexIdea index) {
        return Texts.of(
                "Index %s%s%s (%s)",
                index.schema() == null ? "" : index.schema() + ".",
                index.table(),
                index.method().equals("btree") ? "" : Texts.of(" using %s", index.method()),
                String.join(", ", index.keys()));
    }

    private static @Nullable String whyNotIndex(PlanDocument document, IndexIdea index) {
        if (!index.method().equals("btree")
                || !index.keys().stream().allMatch(k -> COLUMN.matcher(k).matches())) {
            return Texts.of(
                    "Only btree indexes on plain columns can be filed from here; this one is built by hand.");
        }
        return whyNot(document, index.schema());
    }

    private static @Nullable String whyNot(PlanDocument document, @Nullable String schema) {
        if (document.statement() == null) {
            return Texts.of(
                    "A pasted plan does not say which server it comes from, so nothing can be filed for it.");
        }
        return schema == null ? Texts.of("The plan does not say the schema of the table.") : null;
    }
}
