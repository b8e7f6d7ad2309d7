package io.lakebaseops.postgres;

import io.lakebaseops.sqltext.SqlScript;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import java.util.ArrayList;
import java.util.List;

/// One statement with `:name` markers, translated into what JDBC wants.
///
/// @param jdbc with `?` for each marker; operators with a question mark doubled for pgjdbc
/// @param markers the name behind each `?`, in order, repeated as often as used
record ParameterizedSql(String jdbc, List<String> markers) {
    ParameterizedSql {
        markers = List.copyOf(markers);
    }

    /// To the letter: what looks like a marker is not one, and the body of a function may hold
    /// semicolons.
    ///
    /// @throws IllegalArgumentException for several statements
    static ParameterizedSql verbatim(String sql) {
        var statements = SqlScript.of(sql).statements();
        if (statements.size() != 1) {
            throw new IllegalArgumentException(statements.size() + " statements, not one");
        }
        var jdbc = new StringBuilder(sql.length());
        for (var token : Tokens.of(statements.getFirst().text(), Dialect.SERVER)) {
            boolean operator = token.kind() == Kind.SYMBOL && token.text().equals("?");
            jdbc.append(operator ? "??" : token.text());
        }
        return new ParameterizedSql(jdbc.toString(), List.of());
    }

    /// @throws IllegalArgumentException for several statements or an unfilled `{placeholder}`
    static ParameterizedSql of(String sql) {
        var jdbc = new StringBuilder(sql.length());
        var markers = new ArrayList<String>();
        boolean ended = false;
        for (var token : Tokens.of(sql, Dialect.TEMPLATE)) {
            if (ended && !token.meaningless()) {
                throw new IllegalArgumentException("More than one statement");
            }
            switch (token.kind()) {
                case MARKER -> {
                    jdbc.append('?');
                    markers.add(token.name());
                }
                case PLACEHOLDER ->
                        throw new IllegalArgumentException(token.text() + " was not filled in");
                case SYMBOL -> {
                    if (token.text().equals(";")) {
                        ended = true;
                    } else {
                        jdbc.append(token.text().equals("?") ? "??" : token.text());
                    }
                }
                case SPACE, COMMENT, WORD, QUOTED_IDENT, STRING, NUMBER, PARAMETER ->
                        jdbc.append(token.text());
            }
        }
        return new ParameterizedSql(jdbc.toString().strip(), markers);
    }
}
