package io.lakebaseops.postgres;

import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

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
        if (tokens(text).anyMatch(t -> !t.closed())) {
            return "its text is cut off or no SQL: a quote or comment is never closed";
        }
        var words = tokens(text).filter(t -> !t.meaningless()).toList();
        if (words.isEmpty()) {
            return "it has no text";
        }
        var first = words.getFirst();
        if (first.kind() != Kind.WORD
                || !FIRST_WORDS.contains(first.text().toUpperCase(Locale.ROOT))) {
            return "only SELECT, INSERT, UPDATE, DELETE and WITH have a plan";
        }
        return words.subList(0, words.size() - 1).stream().anyMatch(ExplainText::semicolon)
                ? "it is several statements in one"
                : null;
    }

    private static Stream<Token> tokens(String text) {
        return Tokens.of(text, Dialect.SERVER).stream();
    }

    private static boolean semicolon(Token token) {
        return token.kind() == Kind.SYMBOL && token.text().equals(";");
    }

    /// Has it `$1` in the places of values, so that only a generic plan can be made?
    public boolean parameters() {
        return tokens(text).anyMatch(t -> t.kind() == Kind.PARAMETER);
    }

    /// As the driver wants it: nothing in it is ours to bind, question marks are operators.
    String jdbc() {
        var sql = new StringBuilder();
        for (var token : Tokens.of(text, Dialect.SERVER)) {
            if (token.kind() == Kind.SYMBOL) {
                sql.append(
                        switch (token.text()) {
                            case "?" -> "??";
                            case ";" -> "";
                            default -> token.text();
                        });
            } else if (token.kind() != Kind.COMMENT) {
                sql.append(token.text());
            } else {
                sql.append(' ');
            }
        }
        return sql.toString().strip();
    }
}
