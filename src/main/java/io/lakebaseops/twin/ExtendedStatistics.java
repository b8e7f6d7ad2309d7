package io.lakebaseops.twin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Extended statistics of several columns, as `twin/extended_statistics` returns them. Their types
/// have no input, so their stored form is written here (mvdistinct.c, dependencies.c).
///
/// @param hasMore lists of common combinations or statistics of expressions, which stay behind
/// @param columns names by number, as JSON
record ExtendedStatistics(
        String schemaName,
        String relationName,
        String statisticsSchema,
        String statisticsName,
        boolean inherited,
        @Nullable String distinctValues,
        @Nullable String dependencies,
        boolean hasMore,
        @Nullable String columns) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int DISTINCT_MAGIC = 0xA352BFA4;
    private static final int DEPENDENCIES_MAGIC = 0xB4549A2C;
    private static final int BASIC = 1;

    private record Item(double value, List<Short> columns) {}

    /// @param numbers of the columns in the twin, by name
    byte @Nullable [] distinct(Map<String, Integer> numbers) {
        if (distinctValues == null) {
            return null;
        }
        var items = items(distinctValues, ",", numbers);
        var bytes = buffer(items, Integer.BYTES);
        header(bytes, DISTINCT_MAGIC, items.size());
        for (var item : items) {
            bytes.putDouble(item.value()).putInt(item.columns().size());
            item.columns().forEach(bytes::putShort);
        }
        return bytes.array();
    }

    byte @Nullable [] functional(Map<String, Integer> numbers) {
        if (dependencies == null) {
            return null;
        }
        var items = items(dependencies, "=>|,", numbers);
        var bytes = buffer(items, Short.BYTES);
        header(bytes, DEPENDENCIES_MAGIC, items.size());
        for (var item : items) {
            bytes.putDouble(item.value()).putShort((short) item.columns().size());
            item.columns().forEach(bytes::putShort);
        }
        return bytes.array();
    }

    private static ByteBuffer buffer(List<Item> items, int count) {
        int size = 3 * Integer.BYTES;
        for (var item : items) {
            size += Double.BYTES + count + Short.BYTES * item.columns().size();
        }
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private static void header(ByteBuffer bytes, int magic, int items) {
        bytes.putInt(magic).putInt(BASIC).putInt(items);
    }

    /// `{"1, 2": 33}` or `{"1 => 2": 1.0}`; an expression has a negative number in both.
    private List<Item> items(String json, String between, Map<String, Integer> numbers) {
        var names = tree(columns == null ? "{}" : columns);
        var items = new ArrayList<Item>();
        for (var entry : tree(json).properties()) {
            var found = new ArrayList<Short>();
            for (var part : entry.getKey().split(between)) {
                int number = Integer.parseInt(part.strip());
                var there =
                        number < 0
                                ? Integer.valueOf(number)
                                : numbers.get(names.path(Integer.toString(number)).asText());
                if (there != null) {
                    found.add(there.shortValue());
                }
            }
            items.add(new Item(entry.getValue().asDouble(), found));
        }
        return items;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not printed by PostgreSQL 17: " + json, e);
        }
    }
}
