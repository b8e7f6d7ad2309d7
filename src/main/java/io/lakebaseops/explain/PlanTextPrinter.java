package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.explain.PrintedPlan.Line;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Printer of the text format: headings with their figures, properties below, six blanks a level.
final class PlanTextPrinter {
    /// What the heading says, or lines made of several properties.
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "Node Type",
                    "Parent Relationship",
                    "Subplan Name",
                    "Parallel Aware",
                    "Async Capable",
                    "Join Type",
                    "Inner Unique",
                    "Strategy",
                    "Partial Mode",
                    "Operation",
                    "Command",
                    "Scan Direction",
                    "Index Name",
                    "Relation Name",
                    "Schema",
                    "Alias",
                    "CTE Name",
                    "Function Name",
                    "Table Function Name",
                    "Tuplestore Name",
                    "Custom Plan Provider",
                    "Startup Cost",
                    "Total Cost",
                    "Plan Rows",
                    "Plan Width",
                    "Actual Startup Time",
                    "Actual Total Time",
                    "Actual Rows",
                    "Actual Loops",
                    "Sort Method",
                    "Sort Space Used",
                    "Sort Space Type",
                    "Hash Buckets",
                    "Original Hash Buckets",
                    "Hash Batches",
                    "Original Hash Batches",
                    "HashAgg Batches",
                    "Peak Memory Usage",
                    "Disk Usage",
                    "Exact Heap Blocks",
                    "Lossy Heap Blocks",
                    "Cache Hits",
                    "Cache Misses",
                    "Cache Evictions",
                    "Cache Overflows",
                    "WAL Records",
                    "WAL FPI",
                    "WAL Bytes",
                    "Plans",
                    "Workers");

    private static final List<String> KINDS = List.of("Shared", "Local", "Temp");

    private final List<Line> lines = new ArrayList<>();

    List<Line> print(ExplainedPlan plan) {
        node(plan.root(), 0, "");
        if (!plan.settings().isEmpty()) {
            var all =
                    plan.settings().entrySet().stream()
                            .map(s -> "%s = '%s'".formatted(s.getKey(), s.getValue()))
                            .sorted()
                            .toList();
            lines.add(new Line("Settings: " + String.join(", ", all), -1));
        }
        total("Planning Time", plan.planningMillis());
        for (var trigger : plan.triggers()) {
            lines.add(
                    new Line(
                            "Trigger %s: time=%s calls=%s"
                                    .formatted(
                                            trigger.name(),
                                            fixed(trigger.millis(), 3),
                                            whole(trigger.calls())),
                            -1));
        }
        if (plan.jitMillis() > 0) {
            lines.add(new Line("JIT: Total %s ms".formatted(fixed(plan.jitMillis(), 3)), -1));
        }
        total("Execution Time", plan.executionMillis());
        return lines;
    }

    private void total(String name, @Nullable Double millis) {
        if (millis != null) {
            lines.add(new Line("%s: %s ms".formatted(name, fixed(millis, 3)), -1));
        }
    }

    private void node(PlanNode node, int depth, String arrow) {
        var name = node.text("Subplan Name");
        var indent = " ".repeat(depth);
        if (name != null) {
            lines.add(new Line(indent + name, node.number()));
            indent += "  ";
        }
        lines.add(
                new Line(
                        indent + arrow + NodeTitle.heading(node) + estimate(node) + actual(node),
                        node.number()));
        var inner = indent + " ".repeat(arrow.length()) + "  ";
        properties(node).forEach(p -> lines.add(new Line(inner + p, node.number())));
        node.children().forEach(child -> node(child, inner.length(), "->  "));
    }

    private static String estimate(PlanNode node) {
        var e = node.estimate();
        return e == null
                ? ""
                : "  (cost=%s..%s rows=%s width=%d)"
                        .formatted(
                                fixed(e.startupCost(), 2),
                                fixed(e.totalCost(), 2),
                                whole(e.rows()),
                                e.width());
    }

    private static String actual(PlanNode node) {
        var a = node.actual();
        if (a == null) {
            return "";
        }
        if (!a.executed()) {
            return " (never executed)";
        }
        var time =
                a.timed()
                        ? "time=%s..%s "
                                .formatted(
                                        fixed(node.number("Actual Startup Time"), 3),
                                        fixed(a.totalMillis(), 3))
                        : "";
        return " (actual %srows=%s loops=%s)".formatted(time, whole(a.rows()), whole(a.loops()));
    }

    private static List<String> properties(PlanNode node) {
        var said = new ArrayList<String>();
        for (var property : node.properties().properties()) {
            var name = property.getKey();
            if (!ELSEWHERE.contains(name) && !counted(name) && !nothing(property.getValue())) {
                var value = property.getValue();
                said.add(
                        "%s: %s"
                                .formatted(
                                        name,
                                        value.isNumber()
                                                ? whole(value.asDouble())
                                                : node.text(name)));
            }
        }
        together(said, node);
        var buffers = buffers(node);
        if (!buffers.isEmpty()) {
            said.add("Buffers: " + buffers);
        }
        var times = times(node);
        if (!times.isEmpty()) {
            said.add("I/O Timings: " + times);
        }
        var wal = new ArrayList<String>();
        amount(wal, node, "records", "WAL Records", "");
        amount(wal, node, "fpi", "WAL FPI", "");
        amount(wal, node, "bytes", "WAL Bytes", "");
        if (!wal.isEmpty()) {
            said.add("WAL: " + String.join(" ", wal).replace(": ", "="));
        }
        return said;
    }

    private static boolean nothing(JsonNode value) {
        return value.isObject() || (value.isNumber() && value.asDouble() == 0);
    }

    private static boolean counted(String name) {
        return name.contains("I/O ")
                || (name.endsWith(" Blocks") && KINDS.contains(name.split(" ")[0]));
    }

    private static void together(List<String> said, PlanNode node) {
        var method = node.text("Sort Method");
        if (method != null) {
            said.add(
                    "Sort Method: %s  %s: %skB"
                            .formatted(
                                    method,
                                    node.text("Sort Space Type"),
                                    whole(node.number("Sort Space Used"))));
        }
        var hash = new ArrayList<String>();
        amount(hash, node, "Buckets", "Hash Buckets", "");
        amount(hash, node, "Batches", "Hash Batches", "");
        amount(hash, node, "Batches", "HashAgg Batches", "");
        amount(hash, node, "Hits", "Cache Hits", "");
        amount(hash, node, "Misses", "Cache Misses", "");
        amount(hash, node, "Evictions", "Cache Evictions", "");
        amount(hash, node, "Overflows", "Cache Overflows", "");
        amount(hash, node, "Memory Usage", "Peak Memory Usage", "kB");
        amount(hash, node, "Disk Usage", "Disk Usage", "kB");
        if (!hash.isEmpty()) {
            said.add(String.join("  ", hash));
        }
        var heap = new ArrayList<String>();
        amount(heap, node, "exact", "Exact Heap Blocks", "");
        amount(heap, node, "lossy", "Lossy Heap Blocks", "");
        if (!heap.isEmpty()) {
            said.add("Heap Blocks: " + String.join(" ", heap).replace(": ", "="));
        }
    }

    private static void amount(
            List<String> parts, PlanNode node, String name, String property, String unit) {
        if (node.number(property) > 0) {
            parts.add("%s: %s%s".formatted(name, whole(node.number(property)), unit));
        }
    }

    private static String buffers(PlanNode node) {
        var kinds = new ArrayList<String>();
        for (var kind : KINDS) {
            var amounts = new ArrayList<String>();
            for (var what : List.of("Hit", "Read", "Dirtied", "Written")) {
                double blocks = node.number("%s %s Blocks".formatted(kind, what));
                if (blocks > 0) {
                    amounts.add("%s=%s".formatted(what.toLowerCase(Locale.ROOT), whole(blocks)));
                }
            }
            if (!amounts.isEmpty()) {
                kinds.add(kind.toLowerCase(Locale.ROOT) + " " + String.join(" ", amounts));
            }
        }
        return String.join(", ", kinds);
    }

    private static String times(PlanNode node) {
        var kinds = new ArrayList<String>();
        for (var kind : List.of("", "Shared ", "Local ", "Temp ")) {
            var times = new ArrayList<String>();
            for (var what : List.of("Read", "Write")) {
                double millis = node.number("%sI/O %s Time".formatted(kind, what));
                if (millis > 0) {
                    times.add("%s=%s".formatted(what.toLowerCase(Locale.ROOT), fixed(millis, 3)));
                }
            }
            if (!times.isEmpty()) {
                kinds.add(kind.toLowerCase(Locale.ROOT) + String.join(" ", times));
            }
        }
        return String.join(", ", kinds);
    }

    private static String fixed(double number, int places) {
        return BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP).toPlainString();
    }

    /// Whole where it is, since PostgreSQL 18 with two decimals.
    private static String whole(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
