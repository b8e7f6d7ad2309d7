package io.lakebaseops.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The stored form of a value of a result's cell: whole numbers, doubles, truth values, lists and
/// maps as JSON's own, decimals as `{"decimal": "1.50"}` (a JSON number would lose the scale), all
/// others as their text. What is read back prints the same as what was written.
final class StateValueConverter {
    private static final String DECIMAL = "decimal";

    private StateValueConverter() {}

    static void write(@Nullable Object value, JsonGenerator out) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Boolean b -> out.writeBoolean(b);
            case Byte n -> out.writeNumber(n);
            case Short n -> out.writeNumber(n);
            case Integer n -> out.writeNumber(n);
            case Long n -> out.writeNumber(n);
            case BigInteger n -> out.writeNumber(n);
            case Double d when Double.isFinite(d) -> out.writeNumber(d);
            case BigDecimal d -> {
                out.writeStartObject();
                out.writeStringField(DECIMAL, d.toString());
                out.writeEndObject();
            }
            case Collection<?> list -> {
                out.writeStartArray();
                for (var each : list) {
                    write(each, out);
                }
                out.writeEndArray();
            }
            case Object[] array -> write(Arrays.asList(array), out);
            case Map<?, ?> map -> writeMap(map, out);
            default -> out.writeString(value.toString());
        }
    }

    static void writeMap(Map<?, ?> map, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            write(entry.getValue(), out);
        }
        out.writeEndObject();
    }

    static @Nullable Object read(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(each -> list.add(read(each)));
            return list;
        }
        if (node.isObject()) {
            return node.size() == 1 && node.path(DECIMAL).isTextual()
                    ? new BigDecimal(node.path(DECIMAL).textValue())
                    : readMap(node);
        }
        return node.textValue();
    }

    static Map<String, @Nullable Object> readMap(JsonNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(e -> map.put(e.getKey(), read(e.getValue())));
        return map;
    }

    static final class RowsOut extends JsonSerializer<Rows> {
        @Override
        public void serialize(Rows rows, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            write(rows.list(), out);
        }
    }

    static final class RowsIn extends JsonDeserializer<Rows> {
        @Override
        public Rows deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode array = in.readValueAsTree();
            var list = new ArrayList<Map<String, @Nullable Object>>();
            array.forEach(row -> list.add(readMap(row)));
            return new Rows(list);
        }
    }

    static final class MapOut extends JsonSerializer<Map<String, ?>> {
        @Override
        public void serialize(Map<String, ?> map, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            writeMap(map, out);
        }
    }

    static final class MapIn extends JsonDeserializer<Map<String, @Nullable Object>> {
        @Override
        public Map<String, @Nullable Object> deserialize(
                JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            return readMap(node);
        }
    }
}
