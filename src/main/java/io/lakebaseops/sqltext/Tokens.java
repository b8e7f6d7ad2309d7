package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.Token.Kind;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;

/// Tokenizer for SQL text, after the server's scanner (manual 4.1): in time linear in the text, and
/// never failing, so that it also reads what the parser refuses.
public final class Tokens implements Iterator<Token> {
    /// Whose text is read.
    public enum Dialect {
        /// What a server gets.
        SERVER,
        /// What a server with `standard_conforming_strings = off` gets: a backslash escapes in
        /// every string.
        BACKSLASHES,
        /// Our own statements, with `:name` and `{name}` to fill in.
        TEMPLATE
    }

    private final String sql;
    private final Dialect dialect;
    private int at;
    private boolean closed = true;

    private Tokens(String sql, int from, Dialect dialect) {
        this.sql = sql;
        this.at = from;
        this.dialect = dialect;
    }

    public static List<Token> of(String sql, Dialect dialect) {
        var tokens = new ArrayList<Token>();
        new Tokens(sql, 0, dialect).forEachRemaining(tokens::add);
        return tokens;
    }

    /// Does it depend on `standard_conforming_strings` of the session where its strings end?
    public static boolean dependsOnBackslashes(String sql) {
        return sql.indexOf('\\') >= 0
                && !places(of(sql, Dialect.SERVER)).equals(places(of(sql, Dialect.BACKSLASHES)));
    }

    private static List<Integer> places(List<Token> tokens) {
        return tokens.stream().map(Token::start).toList();
    }

    /// Reads on from a place between two tokens.
    static Tokens from(String sql, int from) {
        return new Tokens(sql, from, Dialect.SERVER);
    }

    /// How many characters of white space and comments stand in front.
    static int blanks(String sql) {
        var tokens = from(sql, 0);
        while (tokens.hasNext()) {
            var token = tokens.next();
            if (!token.meaningless()) {
                return token.start();
            }
        }
        return sql.length();
    }

    @Override
    public boolean hasNext() {
        return at < sql.length();
    }

    @Override
    public Token next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The text is read to its end");
        }
        int start = at;
        closed = true;
        var kind = skip();
        at = Math.min(at, sql.length());
        return new Token(kind, sql.substring(start, at), start, closed);
    }

    private Kind skip() {
        char c = sql.charAt(at);
        if (isSpace(c)) {
            skipWhile(Tokens::isSpace);
            return Kind.SPACE;
        }
        if (sql.startsWith("--", at)) {
            skipWhile(d -> d != '\n' && d != '\r');
            return Kind.COMMENT;
        }
        if (sql.startsWith("/*", at)) {
            blockComment();
            return Kind.COMMENT;
        }
        if (c == '\'') {
            quoted('\'', dialect == Dialect.BACKSLASHES);
            return Kind.STRING;
        }
        if (c == '"') {
            quoted('"', false);
            return Kind.QUOTED_IDENT;
        }
        if (c == '$') {
            return dollar();
        }
        if (isWordStart(c)) {
            return word();
        }
        if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
            number();
            return Kind.NUMBER;
        }
        return symbol(c);
    }

    private Kind word() {
        int start = at;
        skipWhile(Tokens::isWordPart);
        if (at >= sql.length() || at - start != 1) {
            return Kind.WORD;
        }
        char prefix = Character.toLowerCase(sql.charAt(start));
        char next = sql.charAt(at);
        if (next == '\'' && "ebxn".indexOf(prefix) >= 0) {
            quoted('\'', prefix == 'e' || (prefix == 'n' && dialect == Dialect.BACKSLASHES));
            return Kind.STRING;
        }
        if (next == '&' && prefix == 'u' && at + 1 < sql.length()) {
            char quote = sql.charAt(at + 1);
            if (quote == '\'' || quote == '"') {
                at++;
                quoted(quote, false);
                return quote == '"' ? Kind.QUOTED_IDENT : Kind.STRING;
            }
        }
        return Kind.WORD;
    }

    private void number() {
        boolean exponent = false;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            // A range of array bounds is two numbers with a symbol between them.
            boolean sign = exponent && (c == '+' || c == '-');
            if (!sign && !isWordPart(c) && (c != '.' || sql.startsWith("..", at))) {
                return;
            }
            exponent = (c == 'e' || c == 'E');
            at++;
        }
    }

    private Kind symbol(char c) {
        if (sql.startsWith("::", at) || sql.startsWith(":=", at)) {
            at += 2;
            return Kind.SYMBOL;
        }
        if (dialect == Dialect.TEMPLATE) {
            if (c == ':' && at + 1 < sql.length() && isWordStart(sql.charAt(at + 1))) {
                at++;
                skipWhile(Tokens::isWordPart);
                return Kind.MARKER;
            }
            if (c == '{' && placeholder()) {
                return Kind.PLACEHOLDER;
            }
        }
        at++;
        return Kind.SYMBOL;
    }

    private boolean placeholder() {
        int end = at + 1;
        while (end < sql.length() && isPlaceholderPart(sql.charAt(end), end == at + 1)) {
            end++;
        }
        if (end == at + 1 || end >= sql.length() || sql.charAt(end) != '}') {
            return false;
        }
        at = end + 1;
        return true;
    }

    private static boolean isPlaceholderPart(char c, boolean first) {
        return (c >= 'a' && c <= 'z') || (!first && (isDigit(c) || c == '_'));
    }

    private void quoted(char quote, boolean backslash) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (backslash && c == '\\') {
                at++;
            } else if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else if (!backslash || !continued()) {
                    return;
                }
            }
        }
        closed = false;
    }

    /// Strings on lines that follow each other are one string (manual 4.1.2.1); of an `E''` the
    /// later parts know escapes too.
    private boolean continued() {
        int next = at;
        boolean line = false;
        while (next < sql.length()) {
            if (isSpace(sql.charAt(next))) {
                line |= sql.charAt(next) == '\n' || sql.charAt(next) == '\r';
                next++;
            } else if (line && sql.startsWith("--", next)) {
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

    private void blockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (++at >= sql.length()) {
                closed = false;
                return;
            }
        } while (depth > 0);
    }

    private Kind dollar() {
        int end = at + 1;
        if (end < sql.length() && isDigit(sql.charAt(end))) {
            at = end;
            skipWhile(Tokens::isDigit);
            return Kind.PARAMETER;
        }
        while (end < sql.length() && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            at++;
            return Kind.SYMBOL;
        }
        var tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        closed = close >= 0;
        at = closed ? close + tag.length() : sql.length();
        return Kind.STRING;
    }

    private void skipWhile(IntPredicate part) {
        while (at < sql.length() && part.test(sql.charAt(at))) {
            at++;
        }
    }

    /// The server's own six; what Java calls white space beyond them are letters to it.
    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(int c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
