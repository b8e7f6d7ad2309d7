package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;

/// Names and literals as DuckDB writes them.
final class Sql {
    private Sql() {}

    static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "NULL" : text(value.asText());
    }

    /// DuckDB takes file names for patterns; a class of one character stands for itself.
    static String file(Path path) {
        return text(path.toString().replaceAll("[\\[*?]", "[$0]"));
    }
}
