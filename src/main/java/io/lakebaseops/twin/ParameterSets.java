package io.lakebaseops.twin;

import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A statement with values in the places of its parameters: common ones, rare ones, and such as the
/// statistics do not know. One value proves nothing of a statement: the planner may go another way
/// for the next.
final class ParameterSets {
    /// Small and large values stand for ranges that leave few rows at either end.
    enum Kind {
        COMMON("common values"),
        RARE("rare values"),
        SMALL("small values"),
        LARGE("large values"),
        ABSENT("values that no row has"),
        CONDITION_SMALL("the values of the index's condition, small ones beside them"),
        CONDITION_LARGE("the values of the index's condition, large ones beside them");

        final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean ofCondition() {
            return this == CONDITION_SMALL || this == CONDITION_LARGE;
        }

        /// What stands in the places that the condition leaves open.
        Kind beside() {
            return switch (this) {
                case CONDITION_SMALL -> SMALL;
                case CONDITION_LARGE -> LARGE;
                case COMMON, RARE, SMALL, LARGE, ABSENT -> this;
            };
        }
    }

    private static final List<String> CONDITIONS =
            List.of(
                    "Index Cond",
                    "Filter",
                    "Recheck Cond",
                    "Hash Cond",
                    "Merge Cond",
                    "Join Filter");

    private final Map<String, ColumnValues> columns = new HashMap<>();

    ParameterSets(List<ColumnValues> known) {
        for (var column : known) {
            // Of a table with children the statistics of all of them stand beside its own.
            columns.merge(
                    key(column.schemaName(), column.relationName(), column.columnName()),
                    column,
                    (a, b) -> b.inherited() ? b : a);
        }
    }

    private static String key(String schema, String table, String column) {
        return schema + "\u0000" + table + "\u0000" + column;
    }

    /// @param statement with `$1` in the places of values
    /// @param generic its plan, which says what each parameter is compared with
    /// @return the statement by the kind of values; none when no parameter meets a known column
    Map<Kind, String> of(String statement, PlanNode generic, TwinDatabase.Condition condition) {
        var parameters = new LinkedHashMap<Integer, Meeting>();
        generic.all().forEach(node -> bindings(node, parameters));
        var sets = new EnumMap<Kind, String>(Kind.class);
        for (var kind : Kind.values()) {
            var values = new LinkedHashMap<Integer, String>();
            boolean met = !kind.ofCondition();
            for (var parameter : parameters.entrySet()) {
                var fixed = parameter.getValue().of(condition);
                met |= fixed != null;
                var value = parameter.getValue().value(kind, fixed);
                if (value != null) {
                    values.put(parameter.getKey(), value);
                }
            }
            if (met && !values.isEmpty()) {
                sets.put(kind, bound(statement, values));
            }
        }
        return sets;
    }

    /// A parameter is compared with a column.
    ///
    /// @param array with each element of it
    private record Meeting(ColumnValues column, boolean array) {
        @Nullable String of(TwinDatabase.Condition condition) {
            return column.schemaName().equals(condition.schema())
                            && column.relationName().equals(condition.table())
                    ? condition.values().get(column.columnName())
                    : null;
        }

        @Nullable String value(Kind kind, @Nullable String fixed) {
            var value =
                    kind.ofCondition() && fixed != null
                            ? fixed
                            : new SampledColumn(column).samples().get(kind.beside());
            return value == null || !array
                    ? value
                    : "{\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
    }

    private void bindings(PlanNode node, Map<Integer, Meeting> found) {
        var schema = node.text("Schema");
        var table = node.text("Relation Name");
        if (schema == null || table == null) {
            return;
        }
        for (var name : CONDITIONS) {
            var text = node.text(name);
            if (text == null || !text.contains("$")) {
                continue;
            }
            var statement = SqlParser.parse("select where " + text).single();
            if (statement == null) {
                continue;
            }
            statement
                    .tree()
                    .all()
                    .filter(n -> n.is("A_Expr"))
                    .forEach(n -> comparison(n, schema, table, found));
        }
    }

    private void comparison(
            SqlNode node, String schema, String table, Map<Integer, Meeting> found) {
        var left = stripped(node.field("lexpr"));
        var right = stripped(node.field("rexpr"));
        var column = left.is("ColumnRef") ? left : right;
        var parameter = left.is("ColumnRef") ? right : left;
        if (!column.is("ColumnRef") || !parameter.is("ParamRef")) {
            return;
        }
        var names = column.names("fields");
        var known = names.isEmpty() ? null : columns.get(key(schema, table, names.getLast()));
        if (known != null) {
            found.putIfAbsent(
                    (int) parameter.number("number"),
                    new Meeting(known, node.text("kind").equals("AEXPR_OP_ANY")));
        }
    }

    private static SqlNode stripped(SqlNode node) {
        var inner = node;
        while (inner.is("TypeCast")) {
            inner = inner.field("arg");
        }
        return inner;
    }

    private static String bound(String statement, Map<Integer, String> values) {
        var text = new StringBuilder();
        for (var token : Tokens.of(statement, Dialect.SERVER)) {
            var value = token.kind() == Token.Kind.PARAMETER ? values.get(number(token)) : null;
            text.append(value == null ? token.text() : literal(value));
        }
        return text.toString();
    }

    private static @Nullable Integer number(Token token) {
        try {
            return Integer.valueOf(token.text().substring(1));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// Standard strings: the twin's session has the server's usual setting of them.
    private static String literal(String value) {
        return value.indexOf('\\') < 0
                ? "'" + value.replace("'", "''") + "'"
                : "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
