package io.lakebaseops.explain;

import io.lakebaseops.explain.ConditionTerm.Kind;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A condition of a plan node taken apart into comparisons, with the server's own grammar.
///
/// @param terms the comparisons in the order of the text; what is none of a column is left out
/// @param understood false where the text is no expression the grammar knows; then there are no
///     terms
public record Condition(List<ConditionTerm> terms, boolean understood) {
    private static final Condition NONE = new Condition(List.of(), true);
    private static final Pattern PLAN_VALUE =
            Pattern.compile("\\((?:InitPlan|SubPlan) \\w+\\)\\.\\w+|\\$\\d+");
    private static final Pattern SUBPLAN =
            Pattern.compile("\\((?:alternatives: )?(?:hashed )?SubPlan [^()]*\\)");
    private static final Set<String> PATTERNS = Set.of("~~", "~~*", "~", "~*");
    private static final Set<String> RANGES = Set.of("<", "<=", ">", ">=");

    public Condition {
        terms = List.copyOf(terms);
    }

    /// @param text as EXPLAIN prints a filter, index or join condition; null for none
    public static Condition of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        var sql = PLAN_VALUE.matcher(text).replaceAll("\\$1");
        sql = SUBPLAN.matcher(sql).replaceAll("true");
        var statement = SqlParser.parse("select where " + sql).single();
        if (statement == null) {
            return new Condition(List.of(), false);
        }
        var terms = new ArrayList<ConditionTerm>();
        statement
                .tree()
                .all()
                .filter(n -> n.has("whereClause"))
                .findFirst()
                .ifPresent(select -> read(select.field("whereClause"), false, terms));
        return new Condition(terms, true);
    }

    /// Several comparisons of which one suffices, on more than one column.
    public boolean alternatives() {
        return terms.stream()
                        .filter(ConditionTerm::inOr)
                        .map(ConditionTerm::column)
                        .distinct()
                        .count()
                > 1;
    }

    private static void read(SqlNode node, boolean inOr, List<ConditionTerm> terms) {
        switch (node.kind()) {
            case "BoolExpr" -> {
                boolean or = inOr || node.text("boolop").equals("OR_EXPR");
                node.list("args").forEach(a -> read(a, or, terms));
            }
            case "A_Expr" -> comparison(node, inOr, terms);
            case "NullTest" ->
                    side(node.field("arg"))
                            .ifPresent(s -> terms.add(s.term(Kind.NULL_TEST, false, inOr)));
            case "BooleanTest", "ColumnRef" ->
                    side(node.is("ColumnRef") ? node : node.field("arg"))
                            .ifPresent(s -> terms.add(s.term(Kind.OTHER, false, inOr)));
            default -> {
                // No comparison of a column.
            }
        }
    }

    private static void comparison(SqlNode node, boolean inOr, List<ConditionTerm> terms) {
        var operator = String.join("", node.names("name"));
        var left = side(node.field("lexpr"));
        var right = side(node.field("rexpr"));
        var kind = kind(node, operator);
        boolean join = left.isPresent() && right.isPresent();
        left.ifPresent(s -> terms.add(s.term(kind, join, inOr)));
        right.ifPresent(s -> terms.add(s.term(kind, join, inOr)));
    }

    private static Kind kind(SqlNode node, String operator) {
        if (operator.equals("=")) {
            return Kind.EQUAL;
        }
        if (RANGES.contains(operator)) {
            return Kind.RANGE;
        }
        if (!PATTERNS.contains(operator)) {
            return Kind.OTHER;
        }
        var pattern =
                node.field("rexpr")
                        .all()
                        .filter(n -> n.is("A_Const"))
                        .map(n -> n.field("sval").text("sval"))
                        .findFirst()
                        .orElse("");
        boolean regex = operator.startsWith("~") && !operator.startsWith("~~");
        boolean insensitive = operator.endsWith("*");
        boolean fixed =
                regex
                        ? pattern.matches("^\\^[\\w -].*")
                        : !pattern.isEmpty()
                                && !pattern.startsWith("%")
                                && !pattern.startsWith("_");
        return fixed && !insensitive ? Kind.PREFIX : Kind.PATTERN;
    }

    /// A side of a comparison that is made of one column.
    private record Side(
            @Nullable String qualifier,
            String column,
            @Nullable String function,
            @Nullable String cast) {
        ConditionTerm term(Kind kind, boolean join, boolean inOr) {
            return new ConditionTerm(qualifier, column, kind, function, cast, join, inOr);
        }
    }

    private static Optional<Side> side(SqlNode expression) {
        String function = null;
        String cast = null;
        var node = expression;
        while (true) {
            switch (node.kind()) {
                case "TypeCast" -> {
                    cast = node.field("typeName").names("names").getLast().toLowerCase(Locale.ROOT);
                    node = node.field("arg");
                }
                case "FuncCall" -> {
                    function = node.names("funcname").getLast();
                    var columns =
                            node.list("args").stream().filter(Condition::holdsColumn).toList();
                    if (columns.size() != 1) {
                        return Optional.empty();
                    }
                    node = columns.getFirst();
                }
                case "A_Expr" -> {
                    var sides =
                            Stream.of(node.field("lexpr"), node.field("rexpr"))
                                    .filter(Condition::holdsColumn)
                                    .toList();
                    if (sides.size() != 1) {
                        return Optional.empty();
                    }
                    function = String.join("", node.names("name"));
                    node = sides.getFirst();
                }
                case "CoalesceExpr" -> {
                    function = "coalesce";
                    var columns =
                            node.list("args").stream().filter(Condition::holdsColumn).toList();
                    if (columns.size() != 1) {
                        return Optional.empty();
                    }
                    node = columns.getFirst();
                }
                case "CollateClause" -> node = node.field("arg");
                case "ColumnRef" -> {
                    var names = node.names("fields");
                    if (names.isEmpty()) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            new Side(
                                    names.size() > 1 ? names.get(names.size() - 2) : null,
                                    names.getLast(),
                                    function,
                                    cast));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
    }

    private static boolean holdsColumn(SqlNode node) {
        return node.all().anyMatch(n -> n.is("ColumnRef"));
    }
}
