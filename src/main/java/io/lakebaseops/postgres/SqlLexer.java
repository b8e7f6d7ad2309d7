package io.lakebaseops.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where do words, strings, comments and our own markers begin and end in a piece of SQL?
///
/// Follows the server's scanner (manual 4.1) with `standard_conforming_strings` on: nested
/// comments, `E''` escapes, dollar quotes, doubled quotes. Tokens joined give the input back.
public final class SqlLexer {
    public enum Kind {
        SPACE,
        COMMENT,
        WORD,
        QUOTED_IDENT,
        STRING,
        NUMBER,
        /// `:name`, a value to bind
        MARKER,
        /// `{name}`, an identifier to fill in
        PLACEHOLDER,
        SYMBOL
    }

    public record Token(Kind kind, String text) {
        /// The name inside `:name` or `{name}`.
        public String name() {
            return kind == Kind.MARKER ? text.substring(1) : text.substring(1, text.length() - 1);
        }

        /// Can it name something? Words of the language can, too.
        public boolean identifies() {
            return kind == Kind.WORD || kind == Kind.QUOTED_IDENT;
        }

        /// What it names: as quoted, or folded to lower case.
        public String identifier() {
            return kind == Kind.QUOTED_IDENT
                    ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                    : text.toLowerCase(Locale.ROOT);
        }

        public boolean meaningless() {
            return kind == Kind.SPACE || kind == Kind.COMMENT;
        }

        public boolean is(String word) {
            return kind != Kind.STRING && text.equalsIgnoreCase(word);
        }
    }

    private final String sql;
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    public static List<Token> tokens(String sql) {
        var lexer = new SqlLexer(sql);
        var tokens = new ArrayList<Token>();
        while (lexer.at < sql.length()) {
            int start = lexer.at;
            var kind = lexer.skipOne();
            tokens.add(new Token(kind, sql.substring(start, lexer.at)));
        }
        return tokens;
    }

    private Kind skipOne() {
        char c = sql.charAt(at);
        if (isSpace(c)) {
            skipWhile(SqlLexer::isSpace);
            return Kind.SPACE;
        }
        if (sql.startsWith("--", at)) {
            skipWhile(d -> d != '\n' && d != '\r');
            return Kind.COMMENT;
        }
        if (sql.startsWith("/*", at)) {
            skipBlockComment();
            return Kind.COMMENT;
        }
        if (c == '\'') {
            skipQuoted('\'', false);
            return Kind.STRING;
        }
        if (c == '"') {
            skipQuoted('"', false);
            return Kind.QUOTED_IDENT;
        }
        if (c == '$' && skipDollarQuoted()) {
            return Kind.STRING;
        }
        if (isWordStart(c)) {
            return skipWord();
        }
        if (Character.isDigit(c)) {
            skipWhile(d -> Character.isLetterOrDigit(d) || d == '.' || d == '_');
            return Kind.NUMBER;
        }
        return skipSymbol(c);
    }

    private Kind skipWord() {
        int start = at;
        skipWhile(SqlLexer::isWordPart);
        if (at < sql.length()) {
            var prefix = sql.substring(start, at);
            char next = sql.charAt(at);
            if (next == '\'' && prefix.matches("[eEbBxXnN]")) {
                skipQuoted('\'', prefix.equalsIgnoreCase("e"));
                return Kind.STRING;
            }
            if (next == '&' && prefix.equalsIgnoreCase("u") && at + 1 < sql.length()) {
                char quote = sql.charAt(at + 1);
                if (quote == '\'' || quote == '"') {
                    at++;
                    skipQuoted(quote, false);
                    return quote == '"' ? Kind.QUOTED_IDENT : Kind.STRING;
                }
            }
        }
        return Kind.WORD;
    }

    private Kind skipSymbol(char c) {
        if (sql.startsWith("::", at) || sql.startsWith(":=", at)) {
            at += 2;
            return Kind.SYMBOL;
        }
        if (c == ':' && at + 1 < sql.length() && isWordStart(sql.charAt(at + 1))) {
            at++;
            skipWhile(SqlLexer::isWordPart);
            return Kind.MARKER;
        }
        if (c == '{') {
            int end = sql.indexOf('}', at);
            if (end > at + 1 && sql.substring(at + 1, end).matches("[a-z][a-z0-9_]*")) {
                at = end + 1;
                return Kind.PLACEHOLDER;
            }
        }
        at++;
        return Kind.SYMBOL;
    }

    private void skipQuoted(char quote, boolean backslash) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (backslash && c == '\\') {
                at++;
            } else if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else if (!backslash || !skipToContinuation()) {
                    return;
                }
            }
        }
        throw new IllegalArgumentException("A " + quote + " is never closed");
    }

    /// Strings on lines that follow each other are one string (manual 4.1.2.1); of an `E''` the
    /// later parts know escapes too.
    private boolean skipToContinuation() {
        int next = at;
        boolean line = false;
        while (next < sql.length()) {
            if (isSpace(sql.charAt(next))) {
                line |= sql.charAt(next) == '\n' || sql.charAt(next) == '\r';
                next++;
            } else if (sql.startsWith("--", next)) {
                while (next < sql.length() && "\r\n".indexOf(sql.charAt(next)) < 0) {
                    next++;
                }
            } else {
                break;
            }
        }
        if (!line || next >= sql.length() || sql.charAt(next) != '\'') {
            return false;
        }
        at = next + 1;
        return true;
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (++at >= sql.length()) {
                throw new IllegalArgumentException("A comment is never closed");
            }
        } while (depth > 0);
    }

    private boolean skipDollarQuoted() {
        int end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean tagged = end < sql.length() && sql.charAt(end) == '$';
        if (!tagged || (end > at + 1 && Character.isDigit(sql.charAt(at + 1)))) {
            return false;
        }
        var tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            throw new IllegalArgumentException("A " + tag + " is never closed");
        }
        at = close + tag.length();
        return true;
    }

    private void skipWhile(java.util.function.IntPredicate part) {
        while (at < sql.length() && part.test(sql.charAt(at))) {
            at++;
        }
    }

    /// The server's own six; what Java calls white space beyond them are letters to it.
    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isWordStart(int c) {
        return Character.isLetter(c) || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(int c) {
        return isWordStart(c) || Character.isDigit(c) || c == '$';
    }
}
