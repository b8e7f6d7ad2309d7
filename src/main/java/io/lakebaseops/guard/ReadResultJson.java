package io.lakebaseops.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.postgres.TypedRows;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// The result of a typed statement as JSON: cells in arrays, since columns may share a name.
///
/// Numbers that JSON readers round (`int8`, `numeric`, `oid`) are strings, so that an id stays one.
public final class ReadResultJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReadResultJson() {}

    public static ObjectNode of(ReadResult result) {
        var node = JSON.objectNode();
        switch (result) {
            case ReadResult.Rows r -> rows(node, r);
            case ReadResult.Refused r -> {
                node.put("status", "refused");
                node.put("word", r.word());
                node.put("position", r.position());
                node.put("why", r.why());
                node.put("what_to_do", r.whatToDo());
            }
            case ReadResult.Failed f -> {
                node.put("status", "failed");
                node.put("error", f.failure().getMessage());
                node.put("position", f.position());
            }
        }
        return node;
    }

    private static void rows(ObjectNode node, ReadResult.Rows result) {
        var table = result.table();
        node.put("status", "ok");
        var columns = node.putArray("columns");
        for (var column : table.columns()) {
            columns.addObject().put("name", column.name()).put("type", column.type());
        }
        var rows = node.putArray("rows");
        for (var row : table.rows()) {
            var cells = rows.addArray();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(table.columns().get(i), row.get(i)));
            }
        }
        node.put("row_count", table.rows().size());
        var more = table.more();
        node.put("stopped_by", more == null ? null : more.name().toLowerCase(Locale.ROOT));
        node.put("cells_cut", table.cut());
        node.put("login", result.login());
        node.put("duration_ms", result.took().toMillis());
    }

    private static JsonNode cell(TypedRows.Column column, @Nullable String value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (column.type()) {
            case "bool" -> JSON.booleanNode(value.equals("t"));
            case "int2", "int4" -> JSON.numberNode(Long.parseLong(value));
            case "float4", "float8" -> {
                double number = value.matches("-?[0-9.e+-]+") ? Double.parseDouble(value) : 0;
                boolean plain = value.matches("-?[0-9.e+-]+") && Double.isFinite(number);
                yield plain ? JSON.numberNode(number) : JSON.textNode(value);
            }
            default -> JSON.textNode(value);
        };
    }
}
