package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

/// How the text format of EXPLAIN names a node: `Parallel Hash Left Join`, `HashAggregate`, `Index
/// Scan Backward`, and what it reads.
public final class NodeTitle {
    private NodeTitle() {}

    /// Without what it reads.
    public static String of(PlanNode node) {
        var before = new StringBuilder();
        if (node.properties().path("Parallel Aware").asBoolean()) {
            before.append("Parallel ");
        }
        if (node.properties().path("Async Capable").asBoolean()) {
            before.append("Async ");
        }
        return before + named(node);
    }

    private static String named(PlanNode node) {
        return switch (node.type()) {
            case "Hash Join", "Merge Join", "Nested Loop" -> join(node);
            case "Aggregate" -> aggregate(node);
            case "ModifyTable" -> said(node, "Operation", "ModifyTable");
            case "SetOp" ->
                    ("Hashed".equals(node.text("Strategy")) ? "HashSetOp " : "SetOp ")
                            + said(node, "Command", "");
            case "Index Scan", "Index Only Scan" ->
                    node.type()
                            + ("Backward".equals(node.text("Scan Direction")) ? " Backward" : "");
            case "Custom Scan" ->
                    "Custom Scan (%s)".formatted(said(node, "Custom Plan Provider", "?"));
            default -> node.type();
        };
    }

    private static String join(PlanNode node) {
        var kind = said(node, "Join Type", "Inner");
        if (node.type().equals("Nested Loop")) {
            return kind.equals("Inner") ? "Nested Loop" : "Nested Loop %s Join".formatted(kind);
        }
        return kind.equals("Inner")
                ? node.type()
                : node.type().replace(" Join", " %s Join".formatted(kind));
    }

    private static String aggregate(PlanNode node) {
        var mode = said(node, "Partial Mode", "Simple");
        var name =
                switch (said(node, "Strategy", "Plain")) {
                    case "Sorted" -> "GroupAggregate";
                    case "Hashed" -> "HashAggregate";
                    case "Mixed" -> "MixedAggregate";
                    default -> "Aggregate";
                };
        return mode.equals("Simple") ? name : mode + " " + name;
    }

    private static String said(PlanNode node, String property, String otherwise) {
        var text = node.text(property);
        return text == null ? otherwise : text;
    }

    /// The index a node uses, else the table, function or subquery with its alias; null for nodes
    /// that read other nodes.
    public static @Nullable String subject(PlanNode node) {
        var index = node.text("Index Name");
        return index == null ? relation(node) : index;
    }

    /// The table, function, expression or subquery it reads, with its alias where that differs.
    public static @Nullable String relation(PlanNode node) {
        var alias = node.text("Alias");
        String name = node.table();
        for (var property :
                new String[] {
                    "CTE Name", "Function Name", "Table Function Name", "Tuplestore Name"
                }) {
            name = name == null ? node.text(property) : name;
        }
        if (name == null) {
            return alias;
        }
        boolean same = alias == null || name.equals(alias) || name.endsWith("." + alias);
        return same ? name : name + " " + alias;
    }

    /// The first line of the node in the text format, without its figures.
    static String heading(PlanNode node) {
        var index = node.text("Index Name");
        var relation = relation(node);
        if (node.type().equals("Bitmap Index Scan")) {
            return "%s on %s".formatted(of(node), index);
        }
        return of(node)
                + (index == null ? "" : " using " + index)
                + (relation == null ? "" : " on " + relation);
    }
}
