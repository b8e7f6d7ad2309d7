package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;

/// Writes Java values in PostgreSQL's text form. Every value is bound as text of a stated type, so
/// one path serves queries, plan steps and arrays alike; only texts in an array go as they are,
/// since the bodies of thousands of findings and plans are such, and quoting and reading them again
/// was a fifth of what filing them cost.
final class PgLiterals {
    private PgLiterals() {}

    static void bind(PreparedStatement statement, int index, String type, @Nullable Object value)
            throws SQLException {
        if (value instanceof Collection<?> list && type.equals("text[]")) {
            var texts = list.stream().map(PgLiterals::orNull).toArray(String[]::new);
            statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
            return;
        }
        var typed = new PGobject();
        typed.setType(type);
        typed.setValue(value == null ? null : of(value));
        statement.setObject(index, typed);
    }

    private static @Nullable String orNull(@Nullable Object value) {
        return value == null ? null : of(value);
    }

    static String of(Object value) {
        return switch (value) {
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            case Duration d -> d.toNanos() / 1000 + " microseconds";
            case Collection<?> list -> array(list);
            case Enum<?> e -> e.name().toLowerCase(Locale.ROOT);
            default -> value.toString();
        };
    }

    private static String array(Collection<?> list) {
        var out = new StringBuilder().append('{');
        var comma = "";
        for (var value : list) {
            out.append(comma);
            element(out, value);
            comma = ",";
        }
        return out.append('}').toString();
    }

    private static void element(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("NULL");
            return;
        }
        var text = of(value);
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append(text, copied, i).append('\\');
                copied = i;
            }
        }
        out.append(text, copied, text.length()).append('"');
    }
}
