package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the filter of a scan asks of which column, read with the server's own grammar.
///
/// @param equal columns compared with `=` or `IN`
/// @param range columns compared with `<`, `<=`, `>` or `>=`
/// @param unusable conditions a B-tree on plain columns does not serve, in words
record ScanFilter(List<String> equal, List<String> range, List<String> unusable) {
    private static final Set<String> RANGES = Set.of("<", "<=", ">", ">=");

    ScanFilter {
        equal = List.copyOf(equal);
        range = List.copyOf(range);
        unusable = List.copyOf(unusable);
    }

    /// @param filter as EXPLAIN prints it
    static ScanFilter of(String filter) {
        var found = new Conditions();
        if (SqlParser.parseNormalised("select from t where " + filter)
                        instanceof Parsed.Understood understood
                && understood.statements().size() == 1) {
            found.read(understood.statements().getFirst().tree().field("whereClause"));
        } else {
            found.unusable.add("its filter is not understood");
        }
        return new ScanFilter(
                found.equal.stream().distinct().toList(),
                found.range.stream().distinct().toList(),
                found.unusable);
    }

    private static final class Conditions {
        private final List<String> equal = new ArrayList<>();
        private final List<String> range = new ArrayList<>();
        private final List<String> unusable = new ArrayList<>();

        /// Only what must hold for every row: inside OR and NOT no column alone decides.
        void read(SqlNode node) {
            if (node.is("BoolExpr") && node.text("boolop").equals("AND_EXPR")) {
                node.list("args").forEach(this::read);
            } else if (node.is("BoolExpr")) {
                unusable.add(
                        node.text("boolop").equals("OR_EXPR")
                                ? "OR over several conditions"
                                : "a negated condition");
            } else if (node.is("A_Expr")) {
                comparison(node);
            } else {
                unusable.add("a condition that is no comparison");
            }
        }

        private void comparison(SqlNode node) {
            var operator = String.join(".", node.names("name"));
            var left = node.field("lexpr");
            var right = node.field("rexpr");
            var column = column(left);
            var value = right;
            if (column == null) {
                column = column(right);
                value = left;
            }
            var kind = node.text("kind");
            if (column == null) {
                unusable.add(
                        hasColumn(left) && left.all().anyMatch(n -> n.is("FuncCall"))
                                ? "a function over the column: it needs an index on the expression"
                                : "no plain column is compared");
            } else if (hasColumn(value)) {
                unusable.add("two columns of one row are compared");
            } else if (operator.equals("=")
                    && (kind.equals("AEXPR_OP") || kind.equals("AEXPR_OP_ANY"))) {
                equal.add(column);
            } else if (RANGES.contains(operator) && kind.equals("AEXPR_OP")) {
                range.add(column);
            } else {
                unusable.add("operator " + operator);
            }
        }

        /// EXPLAIN prints a cast around a column of a type that is compared as text.
        private static @Nullable String column(SqlNode node) {
            var inner = node;
            while (inner.is("TypeCast") && textual(inner)) {
                inner = inner.field("arg");
            }
            if (!inner.is("ColumnRef")) {
                return null;
            }
            var names = inner.names("fields");
            return names.isEmpty() ? null : names.getLast();
        }

        private static boolean textual(SqlNode cast) {
            var type = cast.field("typeName").names("names");
            return !type.isEmpty() && type.getLast().equals("text");
        }

        private static boolean hasColumn(SqlNode node) {
            return node.all().anyMatch(n -> n.is("ColumnRef"));
        }
    }
}
