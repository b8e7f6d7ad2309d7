package io.lakebaseops.domain;

import java.util.Arrays;
import java.util.List;

/// A possibly qualified SQL identifier that always quotes itself: `"shop"."Order ""x"""`.
public record Ident(List<String> parts) {
    public Ident {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("An identifier has at least one part");
        }
        for (var part : parts) {
            if (part.isEmpty() || part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "An identifier part must not be empty or hold NUL");
            }
        }
    }

    public static Ident of(String... parts) {
        return new Ident(Arrays.asList(parts));
    }

    /// Always quoted, so case, spaces, dots, quotes and reserved words survive.
    public String sql() {
        var sql = new StringBuilder();
        for (var part : parts) {
            sql.append(sql.isEmpty() ? "" : ".");
            sql.append('"').append(part.replace("\"", "\"\"")).append('"');
        }
        return sql.toString();
    }

    @Override
    public String toString() {
        return sql();
    }
}
