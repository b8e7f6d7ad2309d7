package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Sorts, hash tables and row stores that did not fit into work_mem.
final class SpillRules implements DiagnosisRule {
    /// Bytes that a sort keeps for a row beside its columns: header and sort entry.
    private static final double ROW_OVERHEAD = 48;

    /// Less in a call is not worth more memory.
    private static final double LEAST_SPILLED = 1 << 20;

    private static final String CHECK =
            "Explain (ANALYZE, BUFFERS) with the work_mem named here: \"temp\" must go away.";
    private static final String CAVEAT =
            "work_mem counts per node and per worker; set it for the statement or role, not for the"
                    + " server.";

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        var found = new ArrayList<PlanProblem>();
        if (!context.plan().analyzed()) {
            counted(node, context, found);
            return found;
        }
        if (context.shareBelow(node) < MATTERS) {
            return found;
        }
        if ("Disk".equals(node.text("Sort Space Type"))) {
            sort(node, context, found);
        } else if (node.is("Hash") && node.number("Hash Batches") > 1) {
            hash(node, context, found);
        } else if (node.is("Aggregate") && node.number("Disk Usage") > 0) {
            aggregate(node, context, found);
        } else if (!node.is("Sort", "Hash", "Hash Join")) {
            other(node, context, found);
        }
        return found;
    }

    /// Without ANALYZE the server's count of temporary files tells that something spills; it is the
    /// node that is expected to keep most.
    private static void counted(PlanNode node, DiagnosisContext context, List<PlanProblem> found) {
        double spilled = context.statement().tempBytesPerCall();
        if (spilled < LEAST_SPILLED || kept(node) <= 0 || !node.equals(keepsMost(context))) {
            return;
        }
        boolean sort = node.is("Sort", "Incremental Sort");
        found.add(
                new PlanProblem(
                        sort ? PlanCause.SORT_SPILL : PlanCause.HASH_SPILL,
                        node,
                        context.share(node),
                        "The server counted %s of temporary files a call."
                                .formatted(Format.size(spilled)),
                        "%s is expected to keep most rows, %s; what does not fit into work_mem is written to temporary files and read again."
                                .formatted(DiagnosisContext.named(node), Format.size(kept(node))),
                        CHECK,
                        "About %s of work_mem would keep it in memory."
                                .formatted(Format.size(Math.max(kept(node), 1.2 * spilled))),
                        CAVEAT,
                        "Which node spills is known only with ANALYZE."));
    }

    private static PlanNode keepsMost(DiagnosisContext context) {
        return context.plan()
                .root()
                .all()
                .max(Comparator.comparingDouble(SpillRules::kept))
                .orElseThrow();
    }

    /// Bytes of the rows it is expected to keep; 0 for a node that keeps none.
    private static double kept(PlanNode node) {
        var estimate =
                node.is("Sort", "Incremental Sort") && !node.children().isEmpty()
                        ? node.children().getFirst().estimate()
                        : node.estimate();
        boolean keeps =
                node.is("Sort", "Incremental Sort", "Hash", "Materialize")
                        || node.is("Aggregate") && "Hashed".equals(node.text("Strategy"));
        return keeps && estimate != null ? estimate.rows() * (estimate.width() + ROW_OVERHEAD) : 0;
    }

    private static void sort(PlanNode sort, DiagnosisContext context, List<PlanProblem> found) {
        double disk = sort.number("Sort Space Used");
        var actual = sort.actual();
        var estimate = sort.estimate();
        double memory =
                actual == null || estimate == null
                        ? disk * 2
                        : Math.max(
                                disk * 1.2,
                                actual.rows() * (estimate.width() + ROW_OVERHEAD) / 1024);
        found.add(
                new PlanProblem(
                        PlanCause.SORT_SPILL,
                        sort,
                        context.share(sort),
                        "%s, %s on disk."
                                .formatted(
                                        sort.text("Sort Method"), DiagnosisContext.kilobytes(disk)),
                        "Rows that do not fit into work_mem are sorted in runs in temporary files"
                                + " and merged.",
                        CHECK,
                        "About %s of work_mem would keep this sort in memory%s."
                                .formatted(
                                        DiagnosisContext.kilobytes(memory),
                                        sort.says("Workers") ? ", in each process" : ""),
                        CAVEAT,
                        "Fewer or narrower rows to sort (a filter before, fewer columns) help"
                                + " without memory."));
    }

    private static void hash(PlanNode hash, DiagnosisContext context, List<PlanProblem> found) {
        double batches = hash.number("Hash Batches");
        double original = hash.number("Original Hash Batches");
        double memory = hash.number("Peak Memory Usage") * batches;
        found.add(
                new PlanProblem(
                        PlanCause.HASH_SPILL,
                        hash,
                        stake(hash, context),
                        "The hash table needed %s batches%s, %s each."
                                .formatted(
                                        Format.grouped(batches),
                                        original > 0 && original < batches
                                                ? " (%s were planned)"
                                                        .formatted(Format.grouped(original))
                                                : "",
                                        DiagnosisContext.kilobytes(
                                                hash.number("Peak Memory Usage"))),
                        "What does not fit into work_mem × hash_mem_multiplier is written to"
                                + " temporary files, of both sides of the join, and read again.",
                        CHECK,
                        "About %s of work_mem × hash_mem_multiplier would make it one batch."
                                .formatted(DiagnosisContext.kilobytes(memory)),
                        CAVEAT,
                        original > 0 && original < batches
                                ? "More batches than planned mean that more rows came than"
                                        + " expected: mend the estimate first."
                                : "The join may be the right one with a few batches."));
    }

    private static double stake(PlanNode hash, DiagnosisContext context) {
        var join = context.parent(hash);
        return context.share(hash) + (join == null ? 0 : context.share(join));
    }

    private static void aggregate(
            PlanNode node, DiagnosisContext context, List<PlanProblem> found) {
        double memory = node.number("Peak Memory Usage") + node.number("Disk Usage");
        found.add(
                new PlanProblem(
                        PlanCause.HASH_SPILL,
                        node,
                        context.share(node),
                        "The groups took %s of memory and %s on disk, in %s batches."
                                .formatted(
                                        DiagnosisContext.kilobytes(
                                                node.number("Peak Memory Usage")),
                                        DiagnosisContext.kilobytes(node.number("Disk Usage")),
                                        Format.grouped(node.number("HashAgg Batches"))),
                        "Groups that do not fit into work_mem × hash_mem_multiplier are written to"
                                + " temporary files and grouped again.",
                        CHECK,
                        "About %s of work_mem × hash_mem_multiplier would do."
                                .formatted(DiagnosisContext.kilobytes(memory)),
                        CAVEAT));
    }

    private static void other(PlanNode node, DiagnosisContext context, List<PlanProblem> found) {
        var buffers = context.of(node).buffers();
        double pages = buffers == null ? 0 : buffers.tempRead() + buffers.tempWritten();
        if (pages < 1000 || context.share(node) < MATTERS) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.TEMPORARY_FILES,
                        node,
                        context.share(node),
                        "%s wrote and read %s of temporary files."
                                .formatted(DiagnosisContext.named(node), Format.size(pages * 8192)),
                        "Rows it had to keep did not fit into work_mem.",
                        CHECK,
                        "Keep fewer rows: filter before, fewer columns; or raise work_mem for the"
                                + " statement.",
                        CAVEAT));
    }
}
