package io.lakebaseops.ask.plan;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tool's output as facts and rows of plain values: nested objects become `outer_inner`, lists
/// of words are joined, lists of objects are counted.
public final class Flat {
    private static final int TIME = "2026-01-01T00:00Z".length();

    private Flat() {}

    static Map<String, @Nullable Object> facts(JsonNode object) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        put("", object, facts);
        return facts;
    }

    /// @param path of the list in the output, as a JSON pointer
    public static List<Map<String, @Nullable Object>> rows(JsonNode output, String path) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var list = output.at(path);
        if (list.isObject()) {
            for (var entry : list.properties()) {
                var row = new LinkedHashMap<String, @Nullable Object>();
                row.put("name", entry.getKey());
                put("value", entry.getValue(), row);
                rows.add(row);
            }
        } else {
            for (var one : list) {
                rows.add(one.isObject() ? facts(one) : Map.of("value", plain(one)));
            }
        }
        return rows;
    }

    private static void put(String name, JsonNode node, Map<String, @Nullable Object> into) {
        if (node.isObject()) {
            for (var entry : node.properties()) {
                put(
                        name.isEmpty() ? entry.getKey() : name + "_" + entry.getKey(),
                        entry.getValue(),
                        into);
            }
        } else if (node.isArray()) {
            boolean words = !node.isEmpty() && !node.get(0).isContainerNode();
            if (words) {
                var texts = new ArrayList<String>();
                node.forEach(n -> texts.add(n.asText()));
                into.put(name, String.join(", ", texts));
            }
            into.put(name + "_count", (long) node.size());
        } else {
            into.put(name, node.isNull() ? null : plain(node));
        }
    }

    private static Object plain(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        var text = node.asText();
        if (text.length() >= TIME && text.charAt(4) == '-' && text.endsWith("Z")) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return text; // looks like a time and is none
            }
        }
        return text;
    }
}
