package io.lakebaseops.postgres;

import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a library file into its [SqlFile]: the comment lines at the top are the header.
///
/// ```
/// -- Which indexes has nobody scanned?        the question, up to the first key
/// -- since: 17                                required: first server version (major)
/// -- timeout: 10s                             required: ms, s or min
/// -- params: min_bytes int8, schemas text[]   required: name and type, or none
/// -- units: bytes; ratio 0-1                  required: in words, or none
/// -- idents: table, columns                   only for templates
/// -- extensions: pg_stat_statements           only if needed; {name} is its schema
/// ```
final class SqlHeader {
    private SqlHeader() {}

    static SqlFile read(SqlName name, String text) {
        var question = new StringBuilder();
        Map<String, String> keys = new LinkedHashMap<>();
        int at = 0;
        while (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            var line = text.substring(at + 2, end).strip();
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).matches("[a-z]+")) {
                keys.put(line.substring(0, colon), line.substring(colon + 1).strip());
            } else if (keys.isEmpty()) {
                question.append(question.isEmpty() ? "" : " ").append(line);
            }
            at = Math.min(end + 1, text.length());
        }
        if (question.isEmpty()) {
            throw new IllegalArgumentException(name + ": the header asks no question");
        }
        var body = text.substring(at).strip();
        return new SqlFile(
                name,
                question.toString(),
                Integer.parseInt(required(name, keys, "since")),
                duration(required(name, keys, "timeout")),
                params(name, required(name, keys, "params")),
                required(name, keys, "units"),
                list(keys.getOrDefault("idents", "none")),
                list(keys.getOrDefault("extensions", "none")),
                body,
                Tokens.of(body, Dialect.TEMPLATE));
    }

    private static String required(SqlName name, Map<String, String> keys, String key) {
        var value = keys.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": the header lacks `-- " + key + ":`");
        }
        return value;
    }

    private static List<SqlFile.Param> params(SqlName name, String text) {
        var params = new ArrayList<SqlFile.Param>();
        for (var one : list(text)) {
            var parts = one.split("\\s+", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException(name + ": parameter without a type: " + one);
            }
            params.add(new SqlFile.Param(parts[0], parts[1]));
        }
        return params;
    }

    private static List<String> list(String text) {
        return text.equals("none") ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    private static Duration duration(String text) {
        if (text.endsWith("ms")) {
            return Duration.ofMillis(number(text, "ms"));
        }
        return text.endsWith("min")
                ? Duration.ofMinutes(number(text, "min"))
                : Duration.ofSeconds(number(text, "s"));
    }

    private static long number(String text, String unit) {
        return Long.parseLong(text.substring(0, text.length() - unit.length()).strip());
    }
}
