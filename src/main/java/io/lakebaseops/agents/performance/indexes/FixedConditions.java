package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The parts of a condition that say something fixed of one column: `IS NULL`, a flag, or equal to
/// a constant. What holds for some rows only, as inside OR, is none of them.
final class FixedConditions {
    private FixedConditions() {}

    /// @param value null for a test without one
    private record Fixed(String column, String test, @Nullable String value) {
        String sql() {
            return Ident.of(column).sql() + test;
        }
    }

    /// As SQL, without aliases.
    ///
    /// @param condition as the server prints it; null for none
    /// @param but not of these columns
    static Set<String> of(@Nullable String condition, List<String> but) {
        return all(condition).stream()
                .filter(f -> !but.contains(f.column()))
                .map(Fixed::sql)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The constants that columns must be equal to, by column.
    static Map<String, String> values(@Nullable String condition) {
        var values = new LinkedHashMap<String, String>();
        for (var fixed : all(condition)) {
            if (fixed.value() != null) {
                values.putIfAbsent(fixed.column(), fixed.value());
            }
        }
        return values;
    }

    private static List<Fixed> all(@Nullable String condition) {
        var found = new ArrayList<Fixed>();
        var statement =
                condition == null ? null : SqlParser.parse("select where " + condition).single();
        if (statement != null) {
            statement
                    .tree()
                    .all()
                    .filter(n -> n.has("whereClause"))
                    .map(n -> n.field("whereClause"))
                    .findFirst()
                    .ifPresent(where -> read(where, found));
        }
        return found;
    }

    private static void read(SqlNode node, List<Fixed> found) {
        if (node.is("BoolExpr") && node.text("boolop").equals("AND_EXPR")) {
            node.list("args").forEach(a -> read(a, found));
        } else if (node.is("NullTest")) {
            boolean isNull = node.text("nulltesttype").equals("IS_NULL");
            add(node.field("arg"), isNull ? " IS NULL" : " IS NOT NULL", null, found);
        } else if (node.is("ColumnRef")) {
            add(node, "", null, found);
        } else if (node.is("A_Expr")
                && node.text("kind").equals("AEXPR_OP")
                && node.names("name").equals(List.of("="))) {
            var value = constant(stripped(node.field("rexpr")));
            if (value != null) {
                add(
                        stripped(node.field("lexpr")),
                        " = '" + value.replace("'", "''") + "'",
                        value,
                        found);
            }
        }
    }

    private static void add(
            SqlNode column, String test, @Nullable String value, List<Fixed> found) {
        var names = column.names("fields");
        if (column.is("ColumnRef") && !names.isEmpty()) {
            found.add(new Fixed(names.getLast(), test, value));
        }
    }

    private static @Nullable String constant(SqlNode node) {
        if (!node.is("A_Const")) {
            return null;
        }
        if (node.has("sval")) {
            return node.field("sval").text("sval");
        }
        // Zero is left out of the tree.
        return node.has("ival") ? Long.toString(node.field("ival").number("ival")) : null;
    }

    private static SqlNode stripped(SqlNode node) {
        var inner = node;
        while (inner.is("TypeCast")) {
            inner = inner.field("arg");
        }
        return inner;
    }
}
