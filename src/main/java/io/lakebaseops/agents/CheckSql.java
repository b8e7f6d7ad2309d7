package io.lakebaseops.agents;

import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL a person can paste into psql to see for themselves: the evidence query with its values
/// written in, as quoted literals of their type.
public final class CheckSql {
    private static final Pattern MARKER = Pattern.compile("(?<!:):([a-z_][a-z0-9_]*)");

    private CheckSql() {}

    public static String of(SqlLibrary library, SqlName name, Map<String, ?> params) {
        var file = library.file(name, 17);
        return MARKER.matcher(file.body())
                .replaceAll(
                        m -> {
                            Object value = params.get(m.group(1));
                            if (value == null && m.group(1).equals("own_pids")) {
                                // Our sessions are gone when somebody reads this.
                                value = "{}";
                            }
                            if (value == null) {
                                return Matcher.quoteReplacement(m.group());
                            }
                            return Matcher.quoteReplacement(
                                    "'" + value.toString().replace("'", "''") + "'");
                        });
    }
}
