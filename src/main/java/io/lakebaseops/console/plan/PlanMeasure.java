package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.Actual;
import io.lakebaseops.explain.Buffers;
import io.lakebaseops.explain.PlanNode;

import org.jspecify.annotations.Nullable;

/// What the bars of a plan tree measure: time, rows, buffers or the planner's cost, each of the
/// node by itself.
public enum PlanMeasure {
    TIME(Texts.of("Time"), Texts.of("Self time")),
    ROWS(Texts.of("Rows"), Texts.of("Rows given")),
    BUFFERS(Texts.of("Buffers"), Texts.of("Buffers")),
    COST(Texts.of("Cost"), Texts.of("Self cost"));

    /// Of a page of the buffer cache.
    static final double PAGE_BYTES = 8192;

    private final String word;
    private final String column;

    PlanMeasure(String word, String column) {
        this.word = word;
        this.column = column;
    }

    String word() {
        return word;
    }

    String column() {
        return column;
    }

    /// The first that the plan has figures for.
    static PlanMeasure first(PlanDocument document) {
        return TIME.whyOff(document) == null ? TIME : ROWS.whyOff(document) == null ? ROWS : COST;
    }

    /// Null when the plan has these figures.
    @Nullable String whyOff(PlanDocument document) {
        var root = document.plan().root();
        return switch (this) {
            case TIME -> {
                if (root.actual() == null) {
                    yield Texts.of(
                            "The statement was not run (no ANALYZE), so no time was measured.");
                }
                yield document.figures().millis() == null
                        ? Texts.of("No time was measured (TIMING OFF).")
                        : null;
            }
            case ROWS ->
                    root.actual() == null
                            ? Texts.of(
                                    "The statement was not run (no ANALYZE), so no rows were counted.")
                            : null;
            case BUFFERS ->
                    root.all().anyMatch(n -> n.buffers() != null)
                            ? null
                            : Texts.of("The plan was made without BUFFERS.");
            case COST ->
                    root.estimate() == null ? Texts.of("The plan was made with COSTS OFF.") : null;
        };
    }

    double value(PlanDocument document, PlanNode node) {
        var of = document.figures().of(node);
        return switch (this) {
            case TIME -> of.selfMillis() == null ? 0 : of.selfMillis();
            case ROWS -> node.actual() instanceof Actual a ? a.allRows() : 0;
            case BUFFERS -> of.buffers() instanceof Buffers b ? b.hit() + b.read() : 0;
            case COST -> of.selfCost();
        };
    }

    /// What a full bar stands for.
    double whole(PlanDocument document) {
        var nodes = document.plan().root().all();
        return switch (this) {
            case TIME -> document.figures().millis() == null ? 0 : document.figures().millis();
            // Rows are handed on from node to node: they have no sum.
            case ROWS -> nodes.mapToDouble(n -> value(document, n)).max().orElse(0);
            case BUFFERS -> nodes.mapToDouble(n -> value(document, n)).sum();
            case COST -> document.figures().cost();
        };
    }

    double share(PlanDocument document, PlanNode node) {
        double whole = whole(document);
        return whole <= 0 ? 0 : Math.min(1, value(document, node) / whole);
    }

    String words(double value) {
        return switch (this) {
            case TIME -> millis(value);
            case ROWS -> count(value);
            case BUFFERS -> Format.size(value * PAGE_BYTES);
            case COST -> Format.digits(value);
        };
    }

    static String millis(double value) {
        return Format.seconds(value / 1000).toString();
    }

    /// Short from a million on, with two decimals below ten, as PostgreSQL 18 counts.
    static String count(double rows) {
        if (rows >= 1e7) {
            return Format.large(rows).toString();
        }
        return rows < 10 && rows != Math.rint(rows) ? Format.digits(rows) : Format.grouped(rows);
    }

    static String percent(double share) {
        return share > 0 && share < 0.0005 ? "< 0.1 %" : Format.percent(share);
    }
}
