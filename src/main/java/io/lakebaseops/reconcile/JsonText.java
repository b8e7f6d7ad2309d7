package io.lakebaseops.reconcile;

/// The text of a JSON document as PostgreSQL's `jsonb` writes it, as an expression of DuckDB.
///
/// Three levels deep; what lies deeper keeps the order in which it was written, and a key that
/// differs by that alone is cleared when both documents are compared as documents.
final class JsonText {
    private static final int LEVELS = 3;

    static final String OF_COLUMN = of("json({column})", LEVELS);

    private JsonText() {}

    private static String of(String document, int level) {
        if (level == 0) {
            return "CAST(" + document + " AS VARCHAR)";
        }
        var key = "k" + level;
        var value = "v" + level;
        // By pointer: a path would read dots and quotes in a key.
        var member =
                "json_extract(%s, '/' || replace(replace(%s.k, '~', '~0'), '/', '~1'))"
                        .formatted(document, key);
        return ("CASE json_type(%1$s)"
                        + " WHEN 'OBJECT' THEN '{' || array_to_string(list_transform(list_sort("
                        + "list_transform(json_keys(%1$s),"
                        + " lambda n: struct_pack(l := strlen(n), k := n))), lambda %2$s:"
                        + " CAST(to_json(%2$s.k) AS VARCHAR) || ': ' || %4$s), ', ') || '}'"
                        + " WHEN 'ARRAY' THEN '[' || array_to_string(list_transform("
                        + "json_extract(%1$s, '$[*]'), lambda %3$s: %5$s), ', ') || ']'"
                        + " ELSE CAST(%1$s AS VARCHAR) END")
                .formatted(document, key, value, of(member, level - 1), of(value, level - 1));
    }
}
