package io.lakebaseops.framework;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Our records as JSON: snake case names, lower-case enums, ISO 8601 times and durations, rows as a
/// plain list.
public final class OutputJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(new Jdk8Module())
                    .addModule(ours())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .build();

    private OutputJson() {}

    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    private static SimpleModule ours() {
        var module = new SimpleModule("lakebaseops");
        module.addSerializer(Enum.class, as(Enum.class, e -> e.name().toLowerCase(Locale.ROOT)));
        module.addKeySerializer(Enum.class, enumKey());
        module.addSerializer(Ident.class, as(Ident.class, Ident::sql));
        module.addSerializer(Rows.class, as(Rows.class, OutputJson::rows));
        return module;
    }

    private static List<Map<String, @Nullable Object>> rows(Rows rows) {
        return rows.list().stream()
                .map(
                        row -> {
                            var plain = new LinkedHashMap<String, @Nullable Object>();
                            row.forEach((column, value) -> plain.put(column, plain(value)));
                            return (Map<String, @Nullable Object>) plain;
                        })
                .toList();
    }

    /// Drivers return types of their own (`PgArray`, `PGInterval`); their text is what people know.
    private static @Nullable Object plain(@Nullable Object value) {
        return value == null
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Temporal
                        || value instanceof Collection<?>
                        || value instanceof Map<?, ?>
                ? value
                : value.toString();
    }

    private static JsonSerializer<Enum> enumKey() {
        return new JsonSerializer<>() {
            @Override
            public void serialize(Enum key, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                out.writeFieldName(key.name().toLowerCase(Locale.ROOT));
            }
        };
    }

    private static <T> JsonSerializer<T> as(Class<T> type, Function<T, Object> form) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                provider.defaultSerializeValue(form.apply(value), out);
            }

            @Override
            public Class<T> handledType() {
                return type;
            }
        };
    }
}
