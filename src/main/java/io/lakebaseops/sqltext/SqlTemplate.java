package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.Tokens.Dialect;

import java.util.ArrayList;
import java.util.List;

/// A statement with `:name` and `{name}` to fill in, as PostgreSQL's grammar can read it.
///
/// @param sql with `$1`, `$2` … for the markers and `"{name}"` for the identifiers
/// @param markers the name behind each `$n`; one that is used twice has one number
public record SqlTemplate(String sql, List<String> markers) {
    public SqlTemplate {
        markers = List.copyOf(markers);
    }

    public static SqlTemplate of(String text) {
        var sql = new StringBuilder();
        var markers = new ArrayList<String>();
        for (var token : Tokens.of(text, Dialect.TEMPLATE)) {
            switch (token.kind()) {
                case MARKER -> {
                    if (!markers.contains(token.name())) {
                        markers.add(token.name());
                    }
                    sql.append('$').append(markers.indexOf(token.name()) + 1);
                }
                case PLACEHOLDER -> sql.append(Identifiers.quote(token.text()));
                case SPACE, COMMENT, WORD, QUOTED_IDENT, STRING, NUMBER, PARAMETER, SYMBOL ->
                        sql.append(token.text());
            }
        }
        return new SqlTemplate(sql.toString(), markers);
    }
}
