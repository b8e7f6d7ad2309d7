package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.NodeTitle;
import io.lakebaseops.explain.PlanNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The second line of a node in the tree: what it reads, by which condition, how it sorts or
/// groups.
final class NodeDetail {
    private NodeDetail() {}

    static String of(PlanNode node) {
        var parts = new ArrayList<String>();
        part(parts, "", node.text("Subplan Name"));
        if (node.text("Index Name") != null) {
            part(parts, "", NodeTitle.relation(node));
        }
        for (var condition : List.of("Index Cond", "Hash Cond", "Merge Cond", "TID Cond")) {
            part(parts, "", bare(node.text(condition)));
        }
        part(parts, Texts.of("recheck "), bare(node.text("Recheck Cond")));
        part(parts, Texts.of("join filter "), bare(node.text("Join Filter")));
        part(parts, Texts.of("filter "), bare(node.text("Filter")));
        part(parts, Texts.of("only if "), bare(node.text("One-Time Filter")));
        sort(parts, node);
        part(parts, Texts.of("by "), node.text("Group Key"));
        part(parts, Texts.of("key "), node.text("Cache Key"));
        if (node.number("Cache Hits") + node.number("Cache Misses") > 0) {
            parts.add(
                    Texts.of(
                            "%s hits, %s misses",
                            PlanMeasure.count(node.number("Cache Hits")),
                            PlanMeasure.count(node.number("Cache Misses"))));
        }
        if (node.number("Hash Batches") > 1) {
            parts.add(Texts.of("%s batches", Format.grouped(node.number("Hash Batches"))));
        }
        if (node.number("Peak Memory Usage") > 0) {
            parts.add(
                    Texts.of("%s in memory", Format.size(node.number("Peak Memory Usage") * 1024)));
        }
        if (node.number("Lossy Heap Blocks") > 0) {
            parts.add(Texts.of("%s lossy blocks", count(node, "Lossy Heap Blocks")));
        }
        if (node.number("Subplans Removed") > 0) {
            parts.add(Texts.of("%s subplans removed", count(node, "Subplans Removed")));
        }
        if (node.properties().path("Disabled").asBoolean()) {
            parts.add(Texts.of("disabled"));
        }
        if (parts.isEmpty() && node.scan() && node.text("Index Name") == null) {
            parts.add(Texts.of("no filter"));
        }
        return String.join(" · ", parts);
    }

    private static void sort(List<String> parts, PlanNode node) {
        var keys = node.text("Sort Key");
        if (keys == null) {
            return;
        }
        var method = node.text("Sort Method");
        parts.add((method == null ? Texts.of("by ") : Texts.of("%s by ", method)) + keys);
        if (node.number("Sort Space Used") > 0) {
            parts.add(
                    "%s %s"
                            .formatted(
                                    Format.size(node.number("Sort Space Used") * 1024),
                                    "Disk".equals(node.text("Sort Space Type"))
                                            ? Texts.of("on disk")
                                            : Texts.of("in memory")));
        }
    }

    private static String count(PlanNode node, String property) {
        return PlanMeasure.count(node.number(property));
    }

    private static void part(List<String> parts, String before, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            parts.add(before + text);
        }
    }

    /// Without the parentheses around the whole.
    static @Nullable String bare(@Nullable String condition) {
        if (condition == null || !condition.startsWith("(") || !condition.endsWith(")")) {
            return condition;
        }
        int open = 0;
        for (int i = 0; i < condition.length() - 1; i++) {
            open += condition.charAt(i) == '(' ? 1 : condition.charAt(i) == ')' ? -1 : 0;
            if (open == 0) {
                return condition;
            }
        }
        return condition.substring(1, condition.length() - 1);
    }
}
