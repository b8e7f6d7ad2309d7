package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a statement's plan asks of one table: the columns it compares, joins and sorts by and all
/// that it needs of it. Views are unfolded in a plan, and its aliases say which table a column is
/// of.
///
/// @param equal columns compared with a value
/// @param joined columns compared with those of other tables
/// @param range columns compared by order
/// @param order keys that rows are sorted or grouped by, all of this table
/// @param expressions as SQL, compared with a value
/// @param fixed conditions that hold for every row it wants, as SQL
/// @param needed every column of it that is used
record TableUse(
        List<String> equal,
        List<String> joined,
        List<String> range,
        List<List<String>> order,
        List<String> expressions,
        Set<String> fixed,
        Set<String> needed) {
    private static final Set<String> RANGES = Set.of("<", "<=", ">", ">=");
    private static final List<String> OWN = List.of("Filter", "Index Cond", "Recheck Cond");
    private static final List<String> JOINS = List.of("Hash Cond", "Merge Cond", "Join Filter");
    private static final List<String> ORDERS = List.of("Sort Key", "Group Key");

    TableUse {
        equal = List.copyOf(equal);
        joined = List.copyOf(joined);
        range = List.copyOf(range);
        order = List.copyOf(order);
        expressions = List.copyOf(expressions);
        fixed = Set.copyOf(fixed);
        needed = Set.copyOf(needed);
    }

    /// One for each time the plan reads the table or the first of its partitions.
    ///
    /// @param root of a plan made with VERBOSE
    /// @param tables the table itself and its partitions, as `schema.name`
    static List<TableUse> of(PlanNode root, Set<String> tables) {
        var uses = new ArrayList<TableUse>();
        var seen = new LinkedHashSet<String>();
        root.all()
                .filter(n -> tables.contains(String.valueOf(n.table())))
                .filter(n -> n.text("Alias") != null && !n.type().equals("ModifyTable"))
                .forEach(
                        n -> {
                            if (seen.add(String.valueOf(n.text("Alias"))) && uses.size() < 4) {
                                uses.add(new Reader(n, root).read());
                            }
                        });
        return uses;
    }

    private static final class Reader {
        private final PlanNode scan;
        private final PlanNode root;
        private final String alias;
        private final Set<String> equal = new LinkedHashSet<>();
        private final Set<String> joined = new LinkedHashSet<>();
        private final Set<String> range = new LinkedHashSet<>();
        private final Set<List<String>> order = new LinkedHashSet<>();
        private final Set<String> expressions = new LinkedHashSet<>();
        private final Set<String> fixed = new LinkedHashSet<>();
        private final Set<String> needed = new LinkedHashSet<>();

        Reader(PlanNode scan, PlanNode root) {
            this.scan = scan;
            this.root = root;
            alias = String.valueOf(scan.text("Alias"));
        }

        TableUse read() {
            root.all().filter(n -> alias.equals(n.text("Alias"))).forEach(this::own);
            root.all().forEach(this::around);
            return new TableUse(
                    List.copyOf(equal),
                    List.copyOf(joined),
                    List.copyOf(range),
                    List.copyOf(order),
                    List.copyOf(expressions),
                    fixed,
                    needed);
        }

        private void own(PlanNode node) {
            for (var property : OWN) {
                var text = node.text(property);
                if (text != null) {
                    conditions(text);
                    fixed.addAll(FixedConditions.of(text, List.of()));
                    expressions.addAll(compared(text));
                }
            }
        }

        private void around(PlanNode node) {
            for (var property : JOINS) {
                var text = node.text(property);
                if (text != null) {
                    conditions(text);
                }
            }
            for (var property : ORDERS) {
                if (node.properties().path(property).isArray()) {
                    order(node, property);
                }
            }
            extreme(node);
            // A scan may hand on whole rows: what is needed of them, the nodes above say.
            boolean whole = node == scan && node != root && node.scan();
            node.properties()
                    .properties()
                    .forEach(
                            p -> {
                                if (!(whole && p.getKey().equals("Output"))) {
                                    needed(node, p.getKey());
                                }
                            });
        }

        private void needed(PlanNode node, String property) {
            var text = node.text(property);
            if (text != null && text.contains(".")) {
                var tree = tree("select " + text);
                if (tree != null) {
                    tree.all().map(this::column).filter(c -> c != null).forEach(needed::add);
                }
            }
        }

        private static @Nullable SqlNode tree(String sql) {
            var statement = SqlParser.parse(sql).single();
            return statement == null ? null : statement.tree();
        }

        private void conditions(String text) {
            var tree = tree("select where " + text);
            if (tree != null) {
                tree.all()
                        .filter(n -> n.has("whereClause"))
                        .map(n -> n.field("whereClause"))
                        .findFirst()
                        .ifPresent(this::condition);
            }
        }

        /// Only what must hold for every row: inside OR and NOT no column alone decides.
        private void condition(SqlNode node) {
            if (node.is("BoolExpr") && node.text("boolop").equals("AND_EXPR")) {
                node.list("args").forEach(this::condition);
            } else if (node.is("A_Expr")) {
                var left = node.field("lexpr");
                var right = node.field("rexpr");
                var column = column(stripped(left));
                var other = right;
                if (column == null) {
                    column = column(stripped(right));
                    other = left;
                }
                if (column != null && other.all().noneMatch(n -> column(n) != null)) {
                    compared(node, column, other);
                }
            }
        }

        private void compared(SqlNode node, String column, SqlNode other) {
            var operator = String.join(".", node.names("name"));
            var kind = node.text("kind");
            boolean join = other.all().anyMatch(n -> n.is("ColumnRef"));
            if (operator.equals("=") && (kind.equals("AEXPR_OP") || kind.equals("AEXPR_OP_ANY"))) {
                (join ? joined : equal).add(column);
            } else if (RANGES.contains(operator) && kind.equals("AEXPR_OP") && !join) {
                range.add(column);
            }
        }

        private void order(PlanNode node, String property) {
            var keys = new ArrayList<String>();
            boolean descends = true;
            for (var key : node.properties().path(property)) {
                var text = key.asText();
                boolean down = text.endsWith(" DESC");
                var tree = tree("select " + text.replaceFirst(" DESC$", ""));
                var only = tree == null ? List.<SqlNode>of() : tree.list("targetList");
                var column =
                        only.size() != 1 ? null : column(stripped(only.getFirst().field("val")));
                if (column == null) {
                    return;
                }
                descends &= down;
                keys.add(down ? column + " DESC" : column);
            }
            if (!keys.isEmpty() && keys.size() <= 3) {
                // Read backwards, an ascending one gives the same.
                order.add(descends ? keys.stream().map(k -> plain(k)).toList() : keys);
            }
        }

        private static String plain(String key) {
            return key.replaceFirst(" DESC$", "");
        }

        /// The smallest or largest value of a column is the first or last entry of an index.
        private void extreme(PlanNode node) {
            var text = node.is("Aggregate") && !node.says("Group Key") ? node.text("Output") : null;
            var tree = text == null ? null : tree("select " + text);
            var only = tree == null ? List.<SqlNode>of() : tree.list("targetList");
            if (only.size() == 1) {
                var call = only.getFirst().field("val");
                var name = call.names("funcname");
                var args = call.list("args");
                if (call.is("FuncCall")
                        && args.size() == 1
                        && !name.isEmpty()
                        && Set.of("min", "max").contains(name.getLast())) {
                    var column = column(stripped(args.getFirst()));
                    if (column != null) {
                        order.add(List.of(column));
                    }
                }
            }
        }

        private @Nullable String column(SqlNode node) {
            var names = node.is("ColumnRef") ? node.names("fields") : List.<String>of();
            return names.size() == 2 && names.getFirst().equals(alias) ? names.getLast() : null;
        }

        private static SqlNode stripped(SqlNode node) {
            var inner = node;
            while (inner.is("TypeCast")) {
                inner = inner.field("arg");
            }
            return inner;
        }

        /// Calls of functions over columns of this table that are equal to a value, in the server's
        /// own words without the alias: `lower(email)`.
        private List<String> compared(String condition) {
            var found = new ArrayList<String>();
            var tokens =
                    Tokens.of(condition, Dialect.SERVER).stream()
                            .filter(t -> !t.text().isBlank())
                            .toList();
            for (int i = 1; i < tokens.size(); i++) {
                if (tokens.get(i).text().equals("=")) {
                    var call = callBefore(tokens, i);
                    if (call != null) {
                        found.add(call);
                    }
                }
            }
            return found;
        }

        private @Nullable String callBefore(List<Token> tokens, int end) {
            int depth = 0;
            int from = end;
            while (from > 0) {
                var text = tokens.get(from - 1).text();
                depth += text.equals(")") ? 1 : text.equals("(") ? -1 : 0;
                if (depth < 0) {
                    break;
                }
                from--;
            }
            var sql = new StringBuilder();
            for (int i = from; i < end; i++) {
                var token = tokens.get(i);
                boolean prefix =
                        i + 1 < end
                                && tokens.get(i + 1).text().equals(".")
                                && (token.text().equals(alias)
                                        || token.text().equals(Ident.of(alias).sql()));
                if (prefix) {
                    i++;
                    continue;
                }
                boolean apart =
                        i > from
                                && tokens.get(i - 1).start() + tokens.get(i - 1).text().length()
                                        < token.start();
                sql.append(apart ? " " : "").append(token.text());
            }
            var text = sql.toString().strip();
            var tree = from == end ? null : tree("select " + text);
            if (tree == null) {
                return null;
            }
            var value = tree.list("targetList").getFirst().field("val");
            boolean own =
                    value.all().anyMatch(n -> n.is("ColumnRef"))
                            && value.all()
                                    .filter(n -> n.is("ColumnRef"))
                                    .allMatch(n -> n.names("fields").size() == 1);
            return value.is("FuncCall")
                            && own
                            && value.all().noneMatch(n -> n.is("ParamRef") || n.is("SubLink"))
                    ? text
                    : null;
        }
    }
}
