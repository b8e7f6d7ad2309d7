package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens.Dialect;

import java.util.ArrayList;
import java.util.List;

/// Takes literals and comments out of SQL text: they hold names, addresses and now and then a
/// password.
///
/// Works on tokens, in time linear in the text, so that it also masks what the parser refuses: text
/// cut off by the server, other dialects, megabytes. Where a backslash stands in a plain string it
/// depends on a setting of the session where the string ends; then whatever is a literal in one of
/// the two readings goes.
public final class SqlMask {
    private SqlMask() {}

    /// Literals become `?`; parameters (`$1`), identifiers and keywords stay.
    public static String mask(String sql) {
        var standard = Tokens.of(sql, Dialect.SERVER);
        var hidden = hidden(standard);
        if (standard.stream().anyMatch(SqlMask::ambiguous)) {
            hidden = merged(hidden, hidden(Tokens.of(sql, Dialect.BACKSLASHES)));
        }
        var masked = new StringBuilder();
        int shown = 0;
        for (var part : hidden) {
            masked.append(sql, shown, part.start()).append(part.literal() ? "?" : " ");
            shown = part.end();
        }
        return masked.append(sql, shown, sql.length()).toString().strip();
    }

    private static boolean ambiguous(Token token) {
        return token.kind() == Kind.STRING
                && "'nN".indexOf(token.text().charAt(0)) >= 0
                && token.text().indexOf('\\') >= 0;
    }

    /// @param literal false for a comment, which leaves a space behind
    private record Hidden(int start, int end, boolean literal) {}

    private static List<Hidden> hidden(List<Token> tokens) {
        return tokens.stream()
                .filter(
                        t ->
                                t.kind() == Kind.STRING
                                        || t.kind() == Kind.NUMBER
                                        || t.kind() == Kind.COMMENT)
                .map(t -> new Hidden(t.start(), t.end(), t.kind() != Kind.COMMENT))
                .toList();
    }

    /// Both in order of their places, as is the result.
    private static List<Hidden> merged(List<Hidden> one, List<Hidden> other) {
        var merged = new ArrayList<Hidden>();
        int a = 0;
        int b = 0;
        while (a < one.size() || b < other.size()) {
            boolean first =
                    b == other.size()
                            || (a < one.size() && one.get(a).start() <= other.get(b).start());
            var next = first ? one.get(a++) : other.get(b++);
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.start() >= last.end()) {
                merged.add(next);
            } else {
                merged.set(
                        merged.size() - 1,
                        new Hidden(
                                last.start(),
                                Math.max(last.end(), next.end()),
                                last.literal() || next.literal()));
            }
        }
        return merged;
    }
}
