package io.lakebaseops.local.warehouse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A statement in Databricks SQL, written for DuckDB: quoting, markers and the name of the `system`
/// catalog, which DuckDB keeps for itself. What both understand alike passes as it is.
///
/// @param sql with `?` for each marker
/// @param markers names of the parameters in the order of their `?`
/// @param words lower-case identifiers in it, quoted or not: candidates for names of tables
record SparkSql(String sql, List<String> markers, Set<String> words) {
    /// What the catalog `system` is called inside DuckDB.
    static final String SYSTEM = "databricks_system";

    private static final Set<String> READING =
            Set.of(
                    "select",
                    "with",
                    "values",
                    "show",
                    "describe",
                    "desc",
                    "explain",
                    "from",
                    "table");

    SparkSql {
        markers = List.copyOf(markers);
        words = Set.copyOf(words);
    }

    static SparkSql of(String text) {
        return new Scan(text).run();
    }

    boolean names(String word) {
        return words.contains(word);
    }

    private static final class Scan {
        private final String text;
        private final StringBuilder out = new StringBuilder();
        private final List<String> markers = new ArrayList<>();
        private final Set<String> words = new LinkedHashSet<>();
        private String first = "";
        private int at;

        Scan(String text) {
            this.text = text;
        }

        SparkSql run() {
            while (at < text.length()) {
                step(text.charAt(at));
            }
            String sql = out.toString().strip();
            while (sql.endsWith(";")) {
                sql = sql.substring(0, sql.length() - 1).strip();
            }
            if (sql.isEmpty()) {
                throw SqlFailure.syntax("Syntax error, unexpected empty statement.");
            }
            if (sql.contains("\u0000;")) {
                throw SqlFailure.syntax("Syntax error at or near ';': one statement at a time.");
            }
            if (!READING.contains(first)) {
                throw SqlFailure.unsupported(
                        "The warehouse of Local Lakebase answers queries only.");
            }
            return new SparkSql(sql.replace("\u0000", ""), markers, words);
        }

        private void step(char c) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (c == '\'' || c == '"') {
                literal(c);
            } else if (c == '`') {
                quoted();
            } else if (c == '-' && next == '-') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '/' && next == '*') {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
                out.append(' ');
            } else if (c == ':' && next == ':') {
                out.append("::");
                at += 2;
            } else if (c == ':' && Character.isLetter(next)) {
                at++;
                markers.add(word());
                out.append('?');
            } else if (Character.isLetter(c) || c == '_') {
                named(word(), false);
            } else if (Character.isDigit(c)) {
                number();
            } else {
                semicolon(c);
                at++;
            }
        }

        /// A semicolon that something follows is marked: two statements are refused.
        private void semicolon(char c) {
            if (c == ';' && !text.substring(at + 1).replace(";", "").isBlank()) {
                out.append('\u0000');
            }
            if (c != '\u0000') {
                out.append(c);
            }
        }

        private void number() {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                out.append(text.charAt(at++));
            }
        }

        private String word() {
            int start = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return text.substring(start, at);
        }

        private void named(String word, boolean quote) {
            String lower = word.toLowerCase(Locale.ROOT);
            words.add(lower);
            if (first.isEmpty()) {
                first = lower;
            }
            boolean leads = out.isEmpty() || out.charAt(out.length() - 1) != '.';
            if (lower.equals("system") && leads && dotFollows()) {
                out.append(SYSTEM);
            } else if (quote) {
                out.append('"').append(word.replace("\"", "\"\"")).append('"');
            } else {
                out.append(word);
            }
        }

        private boolean dotFollows() {
            int look = at;
            while (look < text.length() && Character.isWhitespace(text.charAt(look))) {
                look++;
            }
            return look < text.length() && text.charAt(look) == '.';
        }

        /// Names stand in backticks; a doubled one is one.
        private void quoted() {
            StringBuilder name = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c != '`') {
                    name.append(c);
                } else if (at < text.length() && text.charAt(at) == '`') {
                    name.append('`');
                    at++;
                } else {
                    named(name.toString(), true);
                    return;
                }
            }
            throw SqlFailure.syntax("Syntax error: a name in backticks does not end.");
        }

        /// Texts stand in either quotes, with backslash escapes.
        private void literal(char quote) {
            at++;
            out.append('\'');
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == quote) {
                    out.append('\'');
                    return;
                }
                if (c == '\\' && at < text.length()) {
                    c = escaped(text.charAt(at++));
                }
                out.append(c == '\'' ? "''" : String.valueOf(c));
            }
            throw SqlFailure.syntax("Syntax error: a text in quotes does not end.");
        }

        private static char escaped(char c) {
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                default -> c;
            };
        }
    }
}
