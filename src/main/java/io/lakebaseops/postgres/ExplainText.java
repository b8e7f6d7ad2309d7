package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A text somebody else sent to a server, which we may show to its planner: one whole statement
/// that reads or changes rows. EXPLAIN without ANALYZE does not run it; the planner may still
/// evaluate functions declared immutable, so it is sent on a read-only session with a timeout.
public record ExplainText(String text) {
    private static final Set<String> FIRST_WORDS =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "WITH");

    public ExplainText {
        var refusal = refusal(text);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
    }

    /// Why this text cannot be explained, null when it can.
    public static @Nullable String refusal(String text) {
        List<SqlLexer.Token> words;
        try {
            words = SqlLexer.tokens(text).stream().filter(t -> !t.meaningless()).toList();
        } catch (IllegalArgumentException e) {
            return "its text is cut off or no SQL: " + e.getMessage();
        }
        if (words.isEmpty()) {
            return "it has no text";
        }
        var first = words.getFirst();
        if (first.kind() != SqlLexer.Kind.WORD
                || !FIRST_WORDS.contains(first.text().toUpperCase(Locale.ROOT))) {
            return "only SELECT, INSERT, UPDATE, DELETE and WITH have a plan";
        }
        int end = words.indexOf(new SqlLexer.Token(SqlLexer.Kind.SYMBOL, ";"));
        return end >= 0 && end < words.size() - 1 ? "it is several statements in one" : null;
    }

    /// Has it `$1` in the places of values, so that only a generic plan can be made?
    public boolean parameters() {
        var tokens = SqlLexer.tokens(text);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).kind() == SqlLexer.Kind.SYMBOL
                    && tokens.get(i).text().equals("$")
                    && tokens.get(i + 1).kind() == SqlLexer.Kind.NUMBER) {
                return true;
            }
        }
        return false;
    }

    /// As the driver wants it: nothing in it is ours to bind, question marks are operators.
    String jdbc() {
        var sql = new StringBuilder();
        for (var token : SqlLexer.tokens(text)) {
            if (token.kind() == SqlLexer.Kind.SYMBOL) {
                sql.append(
                        switch (token.text()) {
                            case "?" -> "??";
                            case ";" -> "";
                            default -> token.text();
                        });
            } else if (token.kind() != SqlLexer.Kind.COMMENT) {
                sql.append(token.text());
            } else {
                sql.append(' ');
            }
        }
        return sql.toString().strip();
    }
}
