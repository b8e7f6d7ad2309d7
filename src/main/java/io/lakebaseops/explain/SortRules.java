package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.ConditionTerm.Kind;

import java.util.ArrayList;
import java.util.List;

/// Sorts of rows that an index could give in order, and pages far from the first.
final class SortRules implements DiagnosisRule {
    private static final double MANY_ROWS = 1000;

    @Override
    public List<PlanProblem> at(PlanNode node, DiagnosisContext context) {
        var found = new ArrayList<PlanProblem>();
        if (node.is("Sort")) {
            order(node, context, found);
        }
        if (node.is("Limit")) {
            offset(node, context, found);
        }
        return found;
    }

    private static void order(PlanNode sort, DiagnosisContext context, List<PlanProblem> found) {
        if (sort.inputs().size() != 1 || !sort.inputs().getFirst().scan()) {
            return;
        }
        var scan = sort.inputs().getFirst();
        double rows = DiagnosisContext.rowsSeen(scan);
        var above = context.parent(sort);
        boolean first = above != null && above.is("Limit") && above.inputs().size() == 1;
        double share = context.share(sort) + (first ? context.shareBelow(scan) : 0);
        var keys = SortKeys.of(sort, scan);
        if (rows < MANY_ROWS || share < MUCH || keys == null) {
            return;
        }
        var columns = new ArrayList<String>();
        DiagnosisContext.terms(scan, "Filter").stream()
                .filter(t -> t.searchable() && t.kind() == Kind.EQUAL)
                .filter(t -> !columns.contains(t.column()))
                .forEach(t -> columns.add(t.column()));
        keys.stream().filter(k -> !columns.contains(k.split(" ", 2)[0])).forEach(columns::add);
        found.add(
                new PlanProblem(
                                PlanCause.SORT_WITHOUT_INDEX,
                                sort,
                                share,
                                "%s rows of %s were sorted by %s%s; %s of the time."
                                        .formatted(
                                                Format.grouped(rows),
                                                scan.table(),
                                                String.join(", ", keys),
                                                first ? " to give the first ones" : "",
                                                DiagnosisContext.percent(share)),
                                first
                                        ? "With an index in this order the first rows could be"
                                                + " read without reading and sorting all."
                                        : "An index in this order would give the rows sorted.",
                                "Look whether a btree begins with the compared columns followed by"
                                        + " the sort keys.",
                                "Test an index on (%s).".formatted(String.join(", ", columns)),
                                first
                                        ? "All keys must go in one direction, or in those of the"
                                                + " index."
                                        : "Without a LIMIT, reading a whole table in the order of"
                                                + " an index can be slower than sorting it.")
                        .with(ScanRules.idea(scan, "btree", columns)));
    }

    /// What a Limit took from below and did not give was skipped.
    private static void offset(PlanNode limit, DiagnosisContext context, List<PlanProblem> found) {
        if (limit.inputs().isEmpty()) {
            return;
        }
        var given = limit.actual();
        var taken = limit.inputs().getFirst().actual();
        if (given == null || taken == null) {
            return;
        }
        double skipped = taken.rows() - given.rows();
        double share = context.shareBelow(limit);
        if (skipped < MANY_ROWS || skipped < 10 * given.rows() || share < MUCH) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.OFFSET_PAGING,
                        limit,
                        share,
                        "%s rows were made and skipped to give %s."
                                .formatted(Format.grouped(skipped), Format.grouped(given.rows())),
                        "OFFSET makes all rows before the page and throws them away; each further"
                                + " page is slower than the one before.",
                        "Run the statement with OFFSET 0 and compare.",
                        "Page by the last row seen: WHERE (key, id) > (last key, last id) ORDER BY"
                                + " key, id LIMIT n, with an index on (key, id).",
                        "Jumping to a page by its number is not possible that way."));
    }
}
