package io.lakebaseops.change.risk;

import io.lakebaseops.postgres.SqlLexer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What does a statement say once comments are gone and quoted text can no longer pass for a word?
/// Unquoted words come in capitals, quoted identifiers and strings with their quotes.
public record SqlWords(List<String> tokens) {
    public SqlWords {
        tokens = List.copyOf(tokens);
    }

    public static SqlWords of(String sql) {
        var tokens = new ArrayList<String>();
        for (var token : SqlLexer.tokens(sql)) {
            switch (token.kind()) {
                case SPACE, COMMENT -> {}
                case WORD -> tokens.add(token.text().toUpperCase(Locale.ROOT));
                case QUOTED_IDENT, STRING, NUMBER, MARKER, PLACEHOLDER, SYMBOL ->
                        tokens.add(token.text());
            }
        }
        while (!tokens.isEmpty() && tokens.getLast().equals(";")) {
            tokens.removeLast();
        }
        return new SqlWords(tokens);
    }

    boolean starts(String... words) {
        return tokens.size() >= words.length
                && tokens.subList(0, words.length).equals(List.of(words));
    }

    boolean has(String word) {
        return tokens.contains(word);
    }

    boolean severalStatements() {
        return tokens.contains(";");
    }

    /// The plain string literals, without their quotes.
    List<String> strings() {
        return tokens.stream()
                .filter(t -> t.length() > 1 && t.startsWith("'"))
                .map(t -> t.substring(1, t.length() - 1).replace("''", "'"))
                .toList();
    }
}
