package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;

import java.util.ArrayList;
import java.util.List;

/// Index scans that read more than they give: rows filtered afterwards, visits to the table,
/// bitmaps that lost their precision.
final class IndexScanRules implements DiagnosisRule {
    private static final double MANY_ROWS = 1000;

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        if (!node.scan() || context.share(node) < MATTERS || node.actual() == null) {
            return List.of();
        }
        var found = new ArrayList<PlanProblem>();
        if (node.is("Index Scan", "Index Only Scan", "Bitmap Heap Scan")) {
            filtered(node, context, found);
        }
        if (node.is("Index Only Scan")) {
            fetches(node, context, found);
        }
        if (node.number("Lossy Heap Blocks") > 0) {
            found.add(lossy(node, context));
        }
        return found;
    }

    private static void filtered(PlanNode scan, DiagnosisContext context, List<PlanProblem> found) {
        double removed = DiagnosisContext.rowsRemoved(scan);
        var actual = scan.actual();
        if (actual == null || removed < MANY_ROWS || removed < 10 * actual.allRows()) {
            return;
        }
        var columns =
                new ArrayList<>(
                        DiagnosisContext.searchColumns(
                                scan, scan.says("Index Cond") ? "Index Cond" : "Recheck Cond"));
        DiagnosisContext.searchColumns(scan, "Filter").stream()
                .filter(c -> !columns.contains(c))
                .forEach(columns::add);
        found.add(
                new PlanProblem(
                                PlanCause.LATE_FILTER,
                                scan,
                                context.share(scan),
                                "%s fetched %s rows by its index and threw %s of them away; %s of"
                                                .formatted(
                                                        DiagnosisContext.named(scan),
                                                        Format.grouped(actual.allRows() + removed),
                                                        Format.grouped(removed),
                                                        DiagnosisContext.percent(
                                                                context.share(scan)))
                                        + " the time.",
                                "The index finds rows by a part of the conditions only; the rest"
                                        + " is checked in the table, row by row.",
                                "Compare Index Cond with Filter: what stands in Filter was not"
                                        + " in the index.",
                                columns.size() < 2
                                        ? "Let an index hold what the filter asks for."
                                        : "Test an index on (%s)."
                                                .formatted(String.join(", ", columns)),
                                "If the filter is always the same, a partial index with it as"
                                        + " WHERE is smaller.")
                        .with(columns.size() < 2 ? null : ScanRules.idea(scan, "btree", columns)));
    }

    private static void fetches(PlanNode scan, DiagnosisContext context, List<PlanProblem> found) {
        double fetches = scan.number("Heap Fetches");
        var actual = scan.actual();
        if (actual == null || fetches < MANY_ROWS || fetches < 0.2 * actual.allRows()) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.HEAP_FETCHES,
                        scan,
                        context.share(scan),
                        "%s went to the table for %s of %s rows."
                                .formatted(
                                        DiagnosisContext.named(scan),
                                        Format.grouped(fetches),
                                        Format.grouped(actual.allRows())),
                        "Pages that vacuum has not marked as all-visible must be looked at in the"
                                + " table, which an index-only scan is meant to spare.",
                        "Compare relallvisible with relpages in pg_class, and when the table was"
                                + " vacuumed last.",
                        "Vacuum the table, and let autovacuum come more often for inserts"
                                + " (autovacuum_vacuum_insert_scale_factor).",
                        "A session or slot that holds the horizon back keeps vacuum from marking"
                                + " pages."));
    }

    private static PlanProblem lossy(PlanNode scan, DiagnosisContext context) {
        return new PlanProblem(
                PlanCause.LOSSY_BITMAP,
                scan,
                context.share(scan),
                "%s kept %s pages whole in its bitmap and %s exactly; %s rows were checked again"
                                .formatted(
                                        DiagnosisContext.named(scan),
                                        Format.grouped(scan.number("Lossy Heap Blocks")),
                                        Format.grouped(scan.number("Exact Heap Blocks")),
                                        Format.grouped(
                                                scan.number("Rows Removed by Index Recheck")))
                        + " for nothing.",
                "The bitmap of single rows did not fit into work_mem, so that whole pages were"
                        + " remembered and all their rows checked.",
                "Explain with a higher work_mem: \"lossy\" must go away.",
                "Raise work_mem for this statement or role, or find fewer rows by a better index.",
                "work_mem counts per node and worker, not per server.");
    }
}
