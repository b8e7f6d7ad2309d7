package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.Actual;
import io.lakebaseops.explain.Buffers;
import io.lakebaseops.explain.NodeTitle;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.PlanProblem;
import io.lakebaseops.explain.PlanSeverity;
import io.lakebaseops.explain.RowEstimate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One node of a plan tree as it is drawn.
///
/// @param guides for each level above: does a line to a later sibling pass this row?
/// @param folded its children are hidden; null for a node without children
/// @param measured its figure of the chosen measure
/// @param share of the whole, 0 to 1
/// @param off how wrong the estimate was, in words
/// @param extras spilled, removed, fetched, workers: number and noun of each
/// @param role of its pill; null for none
record PlanTreeRow(
        PlanNode node,
        List<Boolean> guides,
        @Nullable Boolean folded,
        String title,
        @Nullable String subject,
        String detail,
        String measured,
        String shareWords,
        double share,
        String rows,
        String off,
        boolean blamed,
        String loops,
        String hit,
        String read,
        List<String> extras,
        @Nullable Role role,
        List<PlanProblem> problems) {
    PlanTreeRow {
        guides = List.copyOf(guides);
        extras = List.copyOf(extras);
        problems = List.copyOf(problems);
    }

    static List<PlanTreeRow> of(PlanDocument document, PlanMeasure measure, Set<Integer> folded) {
        var rows = new ArrayList<PlanTreeRow>();
        add(document, measure, folded, document.plan().root(), List.of(), rows);
        return rows;
    }

    private static void add(
            PlanDocument document,
            PlanMeasure measure,
            Set<Integer> folded,
            PlanNode node,
            List<Boolean> guides,
            List<PlanTreeRow> rows) {
        boolean closed = folded.contains(node.number());
        rows.add(row(document, measure, node, guides, node.children().isEmpty() ? null : closed));
        if (closed) {
            return;
        }
        for (int i = 0; i < node.children().size(); i++) {
            var below = new ArrayList<>(guides);
            below.add(i < node.children().size() - 1);
            add(document, measure, folded, node.children().get(i), below, rows);
        }
    }

    private static PlanTreeRow row(
            PlanDocument document,
            PlanMeasure measure,
            PlanNode node,
            List<Boolean> guides,
            @Nullable Boolean folded) {
        var figures = document.figures().of(node);
        var problems = document.at(node);
        boolean off = measure.whyOff(document) != null;
        var buffers = figures.buffers();
        return new PlanTreeRow(
                node,
                guides,
                folded,
                NodeTitle.of(node),
                NodeTitle.subject(node),
                NodeDetail.of(node),
                off || neverRun(node) ? "–" : measure.words(measure.value(document, node)),
                off || neverRun(node) || measure == PlanMeasure.ROWS
                        ? ""
                        : PlanMeasure.percent(measure.share(document, node)),
                measure.share(document, node),
                rows(node),
                off(document, node),
                figures.estimate() == RowEstimate.ORIGIN,
                node.actual() instanceof Actual a ? PlanMeasure.count(a.loops()) : "–",
                buffers == null || empty(buffers) ? "–" : bytes(buffers.hit()),
                buffers == null || empty(buffers) ? "" : bytes(buffers.read()),
                extras(node, buffers),
                role(figures.severity(), problems),
                problems);
    }

    private static boolean neverRun(PlanNode node) {
        return node.actual() instanceof Actual a && !a.executed();
    }

    private static boolean empty(Buffers buffers) {
        return buffers.hit() + buffers.read() == 0;
    }

    private static String bytes(double pages) {
        return pages == 0 ? "0" : Format.size(pages * PlanMeasure.PAGE_BYTES);
    }

    private static String rows(PlanNode node) {
        var expected = node.estimate() == null ? "?" : PlanMeasure.count(node.estimate().rows());
        var actual = node.actual();
        if (actual == null) {
            return expected;
        }
        return actual.executed()
                ? "%s → %s".formatted(expected, PlanMeasure.count(actual.rows()))
                : expected;
    }

    private static String off(PlanDocument document, PlanNode node) {
        if (node.actual() == null) {
            return Texts.of("expected");
        }
        if (neverRun(node)) {
            return Texts.of("never executed");
        }
        if (node.estimate() == null) {
            return "";
        }
        var figures = document.figures().of(node);
        double off = figures.off();
        var times = "×" + (off >= 10 ? Format.grouped(off) : Format.digits(off));
        return switch (figures.estimate()) {
            case ORIGIN ->
                    times + (figures.factor() > 1 ? Texts.of(" too low") : Texts.of(" too high"));
            case FROM_BELOW -> Texts.of("%s from below", times);
            case STOPPED_EARLY -> Texts.of("stopped early, no error");
            case GOOD -> off < 1.5 ? Texts.of("as estimated") : times;
        };
    }

    private static List<String> extras(PlanNode node, @Nullable Buffers own) {
        var extras = new ArrayList<String>();
        double spilled = own == null ? 0 : own.tempWritten();
        if (spilled > 0) {
            extras.add(Texts.of("%s spilled", Format.size(spilled * PlanMeasure.PAGE_BYTES)));
        } else if ("Disk".equals(node.text("Sort Space Type"))) {
            extras.add(Texts.of("%s spilled", Format.size(node.number("Sort Space Used") * 1024)));
        } else if (node.number("Disk Usage") > 0) {
            extras.add(Texts.of("%s spilled", Format.size(node.number("Disk Usage") * 1024)));
        }
        double loops = node.actual() instanceof Actual a ? Math.max(1, a.loops()) : 1;
        double removed = 0;
        for (var by : List.of("Filter", "Join Filter", "Index Recheck", "Conflict Filter")) {
            removed += node.number("Rows Removed by " + by) * loops;
        }
        if (removed > 0) {
            extras.add(Texts.of("%s removed", PlanMeasure.count(removed)));
        }
        if (node.number("Heap Fetches") > 0) {
            extras.add(Texts.of("%s heap fetches", PlanMeasure.count(node.number("Heap Fetches"))));
        }
        if (node.says("Workers Planned")) {
            var planned = PlanMeasure.count(node.number("Workers Planned"));
            extras.add(
                    node.says("Workers Launched")
                            ? Texts.of(
                                    "%s of %s workers",
                                    PlanMeasure.count(node.number("Workers Launched")), planned)
                            : Texts.of("%s workers planned", planned));
        }
        if (extras.isEmpty() && "Memory".equals(node.text("Sort Space Type"))) {
            extras.add(Texts.of("no spill"));
        }
        return extras;
    }

    /// By what was measured; where nothing was, a reason found in the plan is a warning.
    private static @Nullable Role role(PlanSeverity severity, List<PlanProblem> problems) {
        return switch (severity) {
            case CRITICAL -> Role.CRITICAL;
            case WARNING -> Role.WARNING;
            case NONE -> problems.isEmpty() ? null : Role.WARNING;
        };
    }

    /// Everything the row says, for a tooltip and a screen reader.
    String words() {
        var words = new ArrayList<String>();
        words.add(subject == null ? title : title + " " + subject);
        words.add(detail);
        words.add(Texts.of("%s %s, rows %s %s, loops %s", measured, shareWords, rows, off, loops));
        words.add(read.isEmpty() ? "" : Texts.of("buffers hit %s, read %s", hit, read));
        words.add(String.join(", ", extras));
        problems.forEach(p -> words.add("%s: %s".formatted(p.cause().title(), p.seen())));
        return String.join("\n", words.stream().filter(w -> !w.isBlank()).toList());
    }
}
