package io.lakebaseops.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What does a statement say once comments are gone and quoted text can no longer pass for a word?
/// Unquoted words come in capitals, quoted identifiers and strings with their quotes, everything
/// else as single characters.
record SqlWords(List<String> tokens) {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<space>\\s+|--[^\\n]*)"
                            + "|(?<comment>/\\*)"
                            + "|(?<estring>[eE]'(?:[^'\\\\]++|''|\\\\.)*+')"
                            + "|(?<string>(?:[uU]&|[bBxXnN])?'(?:[^']++|'')*+')"
                            + "|(?<dollar>\\$(?<tag>[A-Za-z_][A-Za-z_0-9]*)?\\$)"
                            + "|(?<ident>(?:[uU]&)?\"(?:[^\"]++|\"\")*+\")"
                            + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
                            + "|(?<number>[0-9][0-9A-Za-z_.]*)"
                            + "|(?<other>.)",
                    Pattern.DOTALL);

    SqlWords {
        tokens = List.copyOf(tokens);
    }

    static SqlWords of(String sql) {
        var tokens = new ArrayList<String>();
        var m = TOKEN.matcher(sql);
        int at = 0;
        while (at < sql.length() && m.find(at)) {
            at = m.end();
            if (m.group("comment") != null) {
                at = endOfComment(sql, at);
            } else if (m.group("dollar") != null) {
                at = endOfDollarQuote(sql, m);
                tokens.add("''");
            } else if (m.group("word") != null) {
                tokens.add(m.group().toUpperCase(Locale.ROOT));
            } else if (m.group("space") == null) {
                tokens.add(m.group());
            }
        }
        while (!tokens.isEmpty() && tokens.getLast().equals(";")) {
            tokens.removeLast();
        }
        return new SqlWords(tokens);
    }

    /// PostgreSQL's comments nest.
    private static int endOfComment(String sql, int from) {
        int depth = 1;
        int at = from;
        while (at < sql.length() && depth > 0) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    private static int endOfDollarQuote(String sql, Matcher m) {
        var quote = m.group("dollar");
        int end = sql.indexOf(quote, m.end());
        return end < 0 ? sql.length() : end + quote.length();
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

    /// The string literals, without their quotes.
    List<String> strings() {
        return tokens.stream()
                .filter(t -> t.length() > 1 && t.startsWith("'"))
                .map(t -> t.substring(1, t.length() - 1).replace("''", "'"))
                .toList();
    }
}
