package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Partitions that were all read, and parallel workers that were not there.
final class WholePlanRules implements DiagnosisRule {
    private static final int MANY_PARTITIONS = 8;

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        var found = new ArrayList<PlanProblem>();
        if (node.is("Append", "Merge Append")) {
            partitions(node, context, found);
        }
        if (node.is("Gather", "Gather Merge") && node.says("Workers Launched")) {
            workers(node, context, found);
        }
        return found;
    }

    private static void partitions(
            PlanNode append, DiagnosisContext context, List<PlanProblem> found) {
        var scans = append.inputs().stream().filter(n -> n.text("Alias") != null).toList();
        long tables = scans.stream().map(PlanNode::table).distinct().count();
        long empty =
                scans.stream()
                        .filter(
                                n ->
                                        n.actual() instanceof Actual a
                                                && a.executed()
                                                && a.rows() < 0.5)
                        .count();
        boolean family = scans.stream().map(n -> stem(n.text("Alias"))).distinct().count() == 1;
        double share = context.shareBelow(append);
        if (tables < MANY_PARTITIONS
                || !family
                || append.number("Subplans Removed") > 0
                || empty < scans.size() * 0.75
                || share < MATTERS) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.PARTITIONS_NOT_PRUNED,
                        append,
                        share,
                        "%s partitions were read, %s of them gave no row."
                                .formatted(Format.grouped(scans.size()), Format.grouped(empty)),
                        "A partition is left out only when a condition compares the partition key"
                                + " itself with a value that is known.",
                        "Compare the conditions of the scans with the partition key (pg_get_partkeydef).",
                        "Write the condition on the bare partition key, with values of its type;"
                                + " join conditions do not prune at planning time.",
                        "Where the key is not part of the question, a partition cannot be left out;"
                                + " an index in each then makes the look cheap."));
    }

    /// Scans of partitions have the parent's alias with a number.
    private static String stem(@Nullable String alias) {
        return alias == null ? "" : alias.replaceAll("_\\d+$", "");
    }

    private static void workers(
            PlanNode gather, DiagnosisContext context, List<PlanProblem> found) {
        double planned = gather.number("Workers Planned");
        double launched = gather.number("Workers Launched");
        if (launched >= planned || context.shareBelow(gather) < MUCH) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.WORKERS_NOT_LAUNCHED,
                        gather,
                        context.shareBelow(gather) * (planned - launched) / (planned + 1),
                        "%s of %s planned workers were launched."
                                .formatted(Format.grouped(launched), Format.grouped(planned)),
                        "The planner chose this plan for more processes than it got; no more"
                                + " workers were free at that moment.",
                        "Compare max_parallel_workers and max_worker_processes with the parallel"
                                + " workers in pg_stat_activity at that hour.",
                        "Raise max_parallel_workers if processors are free, or plan fewer"
                                + " (max_parallel_workers_per_gather).",
                        "In a replay the workers may all be there again."));
    }
}
