package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A column of a result: DuckDB's type as a SQL warehouse names it.
///
/// @param typeName the API's enum, `LONG`, `DECIMAL`, `STRUCT` …
/// @param typeText as in SQL, `BIGINT`, `DECIMAL(38,18)` …
record ResultColumn(String name, String typeName, String typeText) {
    static List<ResultColumn> of(ResultSetMetaData meta) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int c = 1; c <= meta.getColumnCount(); c++) {
            columns.add(of(meta.getColumnLabel(c), meta.getColumnTypeName(c)));
        }
        return columns;
    }

    private static ResultColumn of(String name, String duck) {
        String type = duck.toUpperCase(Locale.ROOT);
        if (type.endsWith("]")) {
            return new ResultColumn(name, "ARRAY", "ARRAY");
        }
        if (type.startsWith("STRUCT") || type.startsWith("MAP")) {
            String kind = type.startsWith("MAP") ? "MAP" : "STRUCT";
            return new ResultColumn(name, kind, kind);
        }
        if (type.startsWith("DECIMAL")) {
            return new ResultColumn(name, "DECIMAL", type);
        }
        return switch (type) {
            case "BOOLEAN" -> new ResultColumn(name, "BOOLEAN", "BOOLEAN");
            case "TINYINT" -> new ResultColumn(name, "BYTE", "TINYINT");
            case "SMALLINT" -> new ResultColumn(name, "SHORT", "SMALLINT");
            case "INTEGER" -> new ResultColumn(name, "INT", "INT");
            case "BIGINT" -> new ResultColumn(name, "LONG", "BIGINT");
            // Sums of whole numbers have 128 bits in DuckDB.
            case "HUGEINT", "UBIGINT" -> new ResultColumn(name, "DECIMAL", "DECIMAL(38,0)");
            case "FLOAT" -> new ResultColumn(name, "FLOAT", "FLOAT");
            case "DOUBLE" -> new ResultColumn(name, "DOUBLE", "DOUBLE");
            case "DATE" -> new ResultColumn(name, "DATE", "DATE");
            case "TIMESTAMP WITH TIME ZONE" -> new ResultColumn(name, "TIMESTAMP", "TIMESTAMP");
            case "TIMESTAMP" -> new ResultColumn(name, "TIMESTAMP", "TIMESTAMP_NTZ");
            case "BLOB" -> new ResultColumn(name, "BINARY", "BINARY");
            case "INTERVAL" -> new ResultColumn(name, "INTERVAL", "INTERVAL");
            case "\"NULL\"" -> new ResultColumn(name, "NULL", "VOID");
            default -> new ResultColumn(name, "STRING", "STRING");
        };
    }

    ObjectNode json(int position) {
        ObjectNode node = Json.object().put("name", name).put("position", position);
        node.put("type_name", typeName).put("type_text", typeText);
        if (typeText.startsWith("DECIMAL(")) {
            String[] sizes = typeText.substring(8, typeText.length() - 1).split(",", -1);
            node.put("type_precision", Integer.parseInt(sizes[0].strip()));
            node.put("type_scale", Integer.parseInt(sizes[1].strip()));
        }
        return node;
    }
}
