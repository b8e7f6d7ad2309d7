package io.lakebaseops.console.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of a statement is a keyword, a name, a literal? For light colouring only: it never
/// changes a character, and what it does not know is plain.
final class SqlTokens {
    enum Kind {
        PLAIN,
        KEYWORD,
        NAME,
        LITERAL,
        COMMENT,
        PARAMETER
    }

    record Token(Kind kind, String text) {}

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<comment>--[^\\n]*|/\\*.*?\\*/)"
                            + "|(?<literal>'(?:[^']|'')*'|\\b\\d+(?:\\.\\d+)?\\b)"
                            + "|(?<name>\"(?:[^\"]|\"\")*\")"
                            + "|(?<parameter>(?<!:):[a-z_][a-z0-9_]*)"
                            + "|(?<word>[A-Za-z_][A-Za-z0-9_$]*)",
                    Pattern.DOTALL);
    private static final Set<String> KEYWORDS =
            Set.of(
                    ("select from where and or not in is null create unique index concurrently on"
                                    + " using include drop alter table vacuum analyze full freeze verbose set"
                                    + " reset lock_timeout statement_timeout insert update delete into values"
                                    + " as with limit order by group having join left right inner outer"
                                    + " cascade restrict if exists only reindex add constraint foreign primary"
                                    + " key references asc desc nulls first last begin commit grant revoke to"
                                    + " local true false schema")
                            .split("\\s+"));

    private SqlTokens() {}

    static List<Token> of(String sql) {
        var tokens = new ArrayList<Token>();
        Matcher m = TOKEN.matcher(sql);
        int end = 0;
        while (m.find()) {
            if (m.start() > end) {
                tokens.add(new Token(Kind.PLAIN, sql.substring(end, m.start())));
            }
            tokens.add(new Token(kind(m), m.group()));
            end = m.end();
        }
        if (end < sql.length()) {
            tokens.add(new Token(Kind.PLAIN, sql.substring(end)));
        }
        return tokens;
    }

    private static Kind kind(Matcher m) {
        if (m.group("comment") != null) {
            return Kind.COMMENT;
        }
        if (m.group("literal") != null) {
            return Kind.LITERAL;
        }
        if (m.group("name") != null) {
            return Kind.NAME;
        }
        if (m.group("parameter") != null) {
            return Kind.PARAMETER;
        }
        return KEYWORDS.contains(m.group().toLowerCase(Locale.ROOT)) ? Kind.KEYWORD : Kind.PLAIN;
    }
}
