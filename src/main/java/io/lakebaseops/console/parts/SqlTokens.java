package io.lakebaseops.console.parts;

import io.lakebaseops.sqltext.Identifiers;
import io.lakebaseops.sqltext.Tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The keywords, names and literals of a statement, for light colouring: it never changes a
/// character, and what it does not know is plain.
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
        for (var token : Tokens.of(sql, Tokens.Dialect.TEMPLATE)) {
            tokens.add(new Token(kind(token), token.text()));
        }
        return tokens;
    }

    private static Kind kind(io.lakebaseops.sqltext.Token token) {
        return switch (token.kind()) {
            case COMMENT -> Kind.COMMENT;
            case STRING, NUMBER -> Kind.LITERAL;
            case QUOTED_IDENT -> Kind.NAME;
            case MARKER, PARAMETER -> Kind.PARAMETER;
            case WORD ->
                    KEYWORDS.contains(Identifiers.fold(token.text())) ? Kind.KEYWORD : Kind.PLAIN;
            case SPACE, SYMBOL, PLACEHOLDER -> Kind.PLAIN;
        };
    }
}
