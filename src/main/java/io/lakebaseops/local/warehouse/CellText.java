package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.local.api.http.Json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Values of a result as the API's JSON_ARRAY format writes them: every cell a text or null, nested
/// values as JSON.
final class CellText {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private CellText() {}

    static @Nullable String of(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case OffsetDateTime time -> moment(time);
            case Timestamp time -> time.toLocalDateTime().format(MOMENT).replace("Z", "");
            case BigDecimal number -> number.toPlainString();
            case Blob blob ->
                    Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
            case Array _, Struct _, Map<?, ?> _ -> nested(value).toString();
            default -> value.toString();
        };
    }

    private static String moment(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).format(MOMENT);
    }

    private static JsonNode nested(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> Json.MAPPER.nullNode();
            case Array array -> list(List.of((Object[]) array.getArray()));
            case Struct struct -> object(fields(struct));
            case Map<?, ?> map -> object(map);
            case Boolean flag -> Json.MAPPER.valueToTree(flag);
            case Number number -> Json.MAPPER.valueToTree(number);
            default -> Json.MAPPER.valueToTree(of(value));
        };
    }

    private static JsonNode list(List<?> items) throws SQLException {
        var node = Json.MAPPER.createArrayNode();
        for (Object item : items) {
            node.add(nested(item));
        }
        return node;
    }

    private static JsonNode object(Map<?, ?> fields) throws SQLException {
        var node = Json.object();
        for (var field : fields.entrySet()) {
            node.set(String.valueOf(field.getKey()), nested(field.getValue()));
        }
        return node;
    }

    private static Map<String, @Nullable Object> fields(Struct struct) throws SQLException {
        if (struct instanceof org.duckdb.DuckDBStruct named) {
            return named.getMap();
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (Object value : struct.getAttributes()) {
            fields.put("_" + fields.size(), value);
        }
        return fields;
    }
}
