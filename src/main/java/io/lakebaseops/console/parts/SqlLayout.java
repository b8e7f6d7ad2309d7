package io.lakebaseops.console.parts;

import io.lakebaseops.sqltext.Identifiers;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;

/// A statement laid out in lines, a clause each, subqueries indented. Only blanks change; text that
/// has lines already keeps them.
public final class SqlLayout {
    private static final Set<String> CLAUSES =
            Set.of(
                    "from",
                    "where",
                    "group",
                    "order",
                    "having",
                    "limit",
                    "offset",
                    "union",
                    "intersect",
                    "except",
                    "returning",
                    "values",
                    "set",
                    "window",
                    "fetch");
    private static final Set<String> JOINS =
            Set.of("join", "left", "right", "full", "inner", "cross", "natural");
    private static final Set<String> TERMS = Set.of("and", "or");
    private static final int SHORT = 60;

    private SqlLayout() {}

    public static String of(String sql) {
        if (sql.strip().contains("\n") || sql.length() <= SHORT) {
            return sql.strip();
        }
        var out = new StringBuilder();
        int queries = 0;
        var opened = new ArrayDeque<Boolean>();
        boolean between = false;
        String before = "";
        var tokens = Tokens.of(sql.strip(), Tokens.Dialect.TEMPLATE);
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.kind() == Token.Kind.SPACE) {
                if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n' && !blankEnd(out)) {
                    out.append(' ');
                }
                continue;
            }
            var word = token.kind() == Token.Kind.WORD ? Identifiers.fold(token.text()) : "";
            boolean query = opened.isEmpty() || Boolean.TRUE.equals(opened.peek());
            boolean clause =
                    query
                            && (CLAUSES.contains(word)
                                    || (JOINS.contains(word) && !JOINS.contains(before)));
            boolean term = query && TERMS.contains(word) && !between;
            if (!out.isEmpty() && (clause || term) && !follows(before, word)) {
                strip(out);
                out.append('\n').append("  ".repeat(queries)).append(term ? "  " : "");
            }
            between = word.equals("between") || (between && !word.equals("and"));
            if (token.text().equals("(")) {
                boolean sub = next(tokens, i).equals("select");
                opened.push(sub);
                queries += sub ? 1 : 0;
            } else if (token.text().equals(")") && !opened.isEmpty()) {
                queries -= Boolean.TRUE.equals(opened.pop()) ? 1 : 0;
            }
            out.append(token.text());
            before = word.isEmpty() ? token.text() : word;
        }
        return out.toString().strip();
    }

    /// `DELETE FROM` and `IS DISTINCT FROM` are one thing.
    private static boolean follows(String before, String word) {
        return word.equals("from") && Set.of("delete", "distinct").contains(before);
    }

    private static String next(List<Token> tokens, int at) {
        for (int i = at + 1; i < tokens.size(); i++) {
            if (tokens.get(i).kind() != Token.Kind.SPACE) {
                return Identifiers.fold(tokens.get(i).text());
            }
        }
        return "";
    }

    private static boolean blankEnd(StringBuilder out) {
        return !out.isEmpty() && out.charAt(out.length() - 1) == ' ';
    }

    private static void strip(StringBuilder out) {
        while (blankEnd(out)) {
            out.setLength(out.length() - 1);
        }
    }
}
