package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// First line of a node in a text plan: type, what it reads, cost, and what was measured.
final class NodeHeading {
    private static final Pattern FIGURES =
            Pattern.compile("\\s*\\((cost\\s*=|actual\\b|never\\b|rows\\s*=|time\\s*=)");
    private static final Pattern COST =
            Pattern.compile("cost=([\\d.]+)\\.\\.([\\d.]+)rows=(\\d+)width=(\\d+)");
    private static final Pattern TIME = Pattern.compile("time=([\\d.]+?)\\.\\.([\\d.]+)(?=rows)");
    private static final Pattern ROWS =
            Pattern.compile("actual(?:time=[\\d.]+)?rows=([\\d.]+)loops=(\\d+)");
    private static final String NAME = "(\"(?:[^\"]|\"\")*\"|[^\\s\".(]+)";
    private static final Pattern ON =
            Pattern.compile("^(?:" + NAME + "\\.)?" + NAME + "(?:\\s+" + NAME + ")?\\s*$");
    private static final Pattern JOIN =
            Pattern.compile(
                    "^(Hash|Merge|Nested Loop)(?: (Left|Right|Full|Semi|Anti|Right Semi|Right"
                            + " Anti|Unique Inner))?(?: Join)?$");
    private static final Pattern AGGREGATE =
            Pattern.compile("^(Partial |Finalize )?(Group|Hash|Mixed)?Aggregate$");
    private static final Pattern SET_OPERATION =
            Pattern.compile("^(Hash)?SetOp (Except|Intersect)( All)?$");
    private static final Pattern CUSTOM = Pattern.compile("^Custom Scan \\(([^)]*)\\)$");
    private static final Pattern SCAN =
            Pattern.compile("^(.*?)( Backward)?(?: using " + NAME + ")?(?: on (.*))?$");
    private static final List<String> CHANGES = List.of("Insert", "Update", "Delete", "Merge");
    private static final Pattern TYPE =
            Pattern.compile(
                    "^(?:Parallel |Async |Partial |Finalize )*(?:Seq Scan|Index (?:Only )?Scan|Bitmap (?:Heap|Index)"
                            + " Scan|Tid (?:Range )?Scan|Sample Scan|Subquery Scan|Function"
                            + " Scan|Table Function Scan|Values Scan|CTE Scan|WorkTable Scan|Named"
                            + " Tuplestore Scan|Foreign (?:Scan|Insert|Update|Delete)|Custom Scan|Nested"
                            + " Loop|Hash|Merge (?:Join|Append|on|(?:Left|Right|Full|Semi|Anti|Right"
                            + " Semi|Right Anti) Join)|Append|Recursive"
                            + " Union|BitmapAnd|BitmapOr|Materialize|Memoize|Sort|Incremental"
                            + " Sort|Group|Aggregate|GroupAggregate|HashAggregate|MixedAggregate|WindowAgg|Unique|SetOp|HashSetOp|LockRows|Limit|Gather|Gather"
                            + " Merge|ProjectSet|Result|Insert on|Update on|Delete"
                            + " on|ModifyTable)\\b.*");

    private NodeHeading() {}

    /// Can a line that says this be the first one of a plan?
    static boolean begins(String said) {
        return TYPE.matcher(said).matches();
    }

    static ObjectNode read(String heading) {
        var node = JsonNodeFactory.instance.objectNode();
        var figures = FIGURES.matcher(heading);
        boolean measured = figures.find();
        type(node, (measured ? heading.substring(0, figures.start()) : heading).strip());
        if (measured) {
            var said = heading.substring(figures.start());
            cost(node, said);
            actual(node, said);
        }
        return node;
    }

    private static void cost(ObjectNode node, String figures) {
        var cost = COST.matcher(figures.replaceAll("\\s", ""));
        if (cost.find()) {
            node.put("Startup Cost", number(cost, 1));
            node.put("Total Cost", number(cost, 2));
            node.put("Plan Rows", number(cost, 3));
            node.put("Plan Width", (int) number(cost, 4));
        } else if (figures.contains("cost")) {
            throw new UnreadablePlanException(
                    "The figures of a node cannot be read: %s".formatted(figures.strip()));
        }
    }

    static void actual(ObjectNode node, String figures) {
        if (figures.contains("never executed")) {
            node.put("Actual Rows", 0);
            node.put("Actual Loops", 0);
            return;
        }
        var said = figures.replaceAll("\\s", "");
        var time = TIME.matcher(said);
        if (time.find()) {
            node.put("Actual Startup Time", number(time, 1));
            node.put("Actual Total Time", number(time, 2));
        }
        var rows = ROWS.matcher(said.replaceAll("time=[\\d.]+", ""));
        if (rows.find()) {
            node.put("Actual Rows", number(rows, 1));
            node.put("Actual Loops", number(rows, 2));
        }
    }

    private static double number(Matcher figures, int group) {
        return Double.parseDouble(figures.group(group));
    }

    private static void type(ObjectNode node, String said) {
        var rest = said;
        if (rest.startsWith("Parallel ")) {
            node.put("Parallel Aware", true);
            rest = rest.substring(9);
        }
        if (rest.startsWith("Async ")) {
            node.put("Async Capable", true);
            rest = rest.substring(6);
        }
        var join = JOIN.matcher(rest);
        var aggregate = AGGREGATE.matcher(rest);
        var set = SET_OPERATION.matcher(rest);
        if (join.matches() && !rest.equals("Hash")) {
            node.put(
                    "Node Type",
                    join.group(1).equals("Nested Loop") ? "Nested Loop" : join.group(1) + " Join");
            node.put("Join Type", join.group(2) == null ? "Inner" : join.group(2));
        } else if (aggregate.matches()) {
            node.put("Node Type", "Aggregate");
            node.put(
                    "Strategy",
                    switch (String.valueOf(aggregate.group(2))) {
                        case "Group" -> "Sorted";
                        case "Hash" -> "Hashed";
                        case "Mixed" -> "Mixed";
                        default -> "Plain";
                    });
            node.put(
                    "Partial Mode",
                    aggregate.group(1) == null ? "Simple" : aggregate.group(1).strip());
        } else if (set.matches()) {
            node.put("Node Type", "SetOp");
            node.put("Strategy", set.group(1) == null ? "Sorted" : "Hashed");
            node.put("Command", set.group(2) + (set.group(3) == null ? "" : set.group(3)));
        } else {
            // Before PostgreSQL 9.0 the alias of a subquery followed without "on".
            scan(node, rest.replaceFirst("^Subquery Scan (?!on )", "Subquery Scan on "));
        }
    }

    private static void scan(ObjectNode node, String said) {
        var custom = CUSTOM.matcher(said.replaceFirst(" on .*", ""));
        var scan = SCAN.matcher(said);
        if (!scan.matches()) {
            node.put("Node Type", said);
            return;
        }
        var type = scan.group(1);
        boolean change = CHANGES.contains(type) && scan.group(4) != null;
        if (custom.matches()) {
            node.put("Node Type", "Custom Scan");
            node.put("Custom Plan Provider", custom.group(1));
        } else {
            node.put("Node Type", change ? "ModifyTable" : type);
        }
        if (change) {
            node.put("Operation", type);
        }
        if (type.startsWith("Index")) {
            node.put("Scan Direction", scan.group(2) == null ? "Forward" : "Backward");
        }
        if (scan.group(3) != null) {
            node.put("Index Name", name(scan.group(3)));
        }
        if (scan.group(4) != null) {
            on(node, type, scan.group(4).strip());
        }
    }

    private static void on(ObjectNode node, String type, String said) {
        var names = ON.matcher(said);
        if (!names.matches()) {
            node.put("Alias", said);
            return;
        }
        var name = name(names.group(2));
        switch (type.toLowerCase(Locale.ROOT)) {
            case "bitmap index scan" -> node.put("Index Name", name);
            case "cte scan", "worktable scan" -> node.put("CTE Name", name);
            case "function scan" -> node.put("Function Name", name);
            case "table function scan" -> node.put("Table Function Name", name);
            case "named tuplestore scan" -> node.put("Tuplestore Name", name);
            case "values scan", "subquery scan" -> node.put("Alias", name);
            default -> {
                node.put("Relation Name", name);
                if (names.group(1) != null) {
                    node.put("Schema", name(names.group(1)));
                }
            }
        }
        if (names.group(3) != null) {
            node.put("Alias", name(names.group(3)));
        } else if (!node.has("Alias") && !type.startsWith("Bitmap Index")) {
            node.put("Alias", name);
        }
    }

    private static String name(String said) {
        return said.startsWith("\"")
                ? said.substring(1, said.length() - 1).replace("\"\"", "\"")
                : said;
    }
}
