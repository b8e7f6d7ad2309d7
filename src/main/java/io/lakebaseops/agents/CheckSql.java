package io.lakebaseops.agents;

import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;

import java.util.Map;

/// SQL a person can paste into psql to see for themselves: the evidence query with its values
/// written in, as quoted literals of their type.
public final class CheckSql {
    private CheckSql() {}

    public static String of(SqlLibrary library, SqlName name, Map<String, ?> params) {
        var file = library.file(name, 17);
        var text = new StringBuilder();
        for (var token : file.tokens()) {
            text.append(token.kind() == Kind.MARKER ? value(token, params) : token.text());
        }
        return text.toString();
    }

    private static String value(Token marker, Map<String, ?> params) {
        Object value = params.get(marker.name());
        if (value == null) {
            // Our sessions are gone when somebody reads this.
            return marker.name().equals("own_pids") ? "'{}'" : marker.text();
        }
        return "'" + value.toString().replace("'", "''") + "'";
    }
}
