package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.CodeUse.What;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds what runs code in a parse tree, in whatever place it stands.
final class CodeFinder {
    private static final Set<String> KEYWORDS =
            Set.of(
                    "CoalesceExpr",
                    "MinMaxExpr",
                    "SQLValueFunction",
                    "GroupingFunc",
                    "XmlExpr",
                    "XmlSerialize",
                    "JsonObjectConstructor",
                    "JsonArrayConstructor",
                    "JsonArrayQueryConstructor",
                    "JsonObjectAgg",
                    "JsonArrayAgg",
                    "JsonParseExpr",
                    "JsonScalarExpr",
                    "JsonSerializeExpr",
                    "JsonFuncExpr",
                    "JsonIsPredicate",
                    "JsonTable",
                    "MergeSupportFunc");

    private CodeFinder() {}

    static List<CodeUse> of(SqlNode tree) {
        var found = new LinkedHashSet<CodeUse>();
        tree.all().forEach(n -> look(n, found));
        return List.copyOf(found);
    }

    private static void look(SqlNode node, Set<CodeUse> found) {
        if (node.has("funcname")) {
            add(What.FUNCTION, node.names("funcname"), found);
        }
        switch (node.kind()) {
            case "A_Expr" -> add(What.OPERATOR, node.names("name"), found);
            case "SubLink" -> add(What.OPERATOR, node.names("operName"), found);
            case "SortBy" -> add(What.OPERATOR, node.names("useOp"), found);
            case "RangeTableSample" -> add(What.SAMPLING, node.names("method"), found);
            case "IndexElem" -> add(What.OPERATOR_CLASS, node.names("opclass"), found);
            case "IndexStmt" -> add(What.ACCESS_METHOD, one(node.text("accessMethod")), found);
            case "Constraint" -> exclusions(node, found);
            case "ObjectWithArgs" -> add(What.FUNCTION, node.names("objname"), found);
            default -> {
                if (KEYWORDS.contains(node.kind())) {
                    add(What.KEYWORD, one(node.kind()), found);
                }
            }
        }
        if (type(node)) {
            add(What.TYPE, node.names("names"), found);
        }
    }

    /// A TypeName stands unwrapped in most places.
    private static boolean type(SqlNode node) {
        return node.is("TypeName")
                || (node.kind().isEmpty() && node.has("names") && node.has("typemod"));
    }

    private static void exclusions(SqlNode constraint, Set<CodeUse> found) {
        for (var pair : constraint.list("exclusions")) {
            var both = pair.items();
            if (both.size() == 2) {
                add(What.OPERATOR, SqlNode.strings(both.getLast().items()), found);
            }
        }
    }

    private static List<String> one(String name) {
        return name.isEmpty() ? List.of() : List.of(name.toLowerCase(Locale.ROOT));
    }

    private static void add(What what, List<String> name, Set<CodeUse> found) {
        if (name.isEmpty()) {
            return;
        }
        var schema = new ArrayList<>(name.subList(0, name.size() - 1));
        found.add(new CodeUse(what, String.join(".", schema), name.getLast()));
    }
}
