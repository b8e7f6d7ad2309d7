package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the fields of a request body and checks their kinds. A wrong kind is a 400 that names the
/// field by its full path.
public record Fields(String path, JsonNode node) {
    public static Fields of(JsonNode body) {
        return new Fields("", body);
    }

    public Fields object(String name) {
        JsonNode child = child(name);
        if (child.isMissingNode() || child.isObject()) {
            return new Fields(at(name), child);
        }
        throw Refusal.invalid(at(name) + " must be an object");
    }

    public boolean has(String name) {
        return !child(name).isMissingNode();
    }

    public @Nullable String text(String name) {
        JsonNode child = child(name);
        if (child.isMissingNode()) {
            return null;
        }
        if (!child.isTextual()) {
            throw Refusal.invalid(at(name) + " must be a string");
        }
        return child.asText();
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode child = child(name);
        if (!child.isMissingNode() && !child.isBoolean()) {
            throw Refusal.invalid(at(name) + " must be true or false");
        }
        return child.asBoolean(otherwise);
    }

    /// A number, or one written as a string as protobuf does with 64-bit integers.
    public @Nullable Double number(String name) {
        JsonNode child = child(name);
        if (child.isMissingNode()) {
            return null;
        }
        double value = child.asDouble(Double.NaN);
        if (Double.isNaN(value)) {
            throw Refusal.invalid(at(name) + " must be a number");
        }
        return value;
    }

    public @Nullable Duration duration(String name) {
        String text = text(name);
        return text == null ? null : Json.parseDuration(at(name), text);
    }

    public @Nullable Instant time(String name) {
        String text = text(name);
        return text == null ? null : Json.parseTime(at(name), text);
    }

    public List<Fields> list(String name) {
        JsonNode child = child(name);
        if (!child.isMissingNode() && !child.isArray()) {
            throw Refusal.invalid(at(name) + " must be a list");
        }
        List<Fields> items = new ArrayList<>();
        child.forEach(item -> items.add(new Fields(at(name) + "[" + items.size() + "]", item)));
        return items;
    }

    public List<String> texts(String name) {
        return list(name).stream().map(item -> item.node.asText()).toList();
    }

    public Map<String, String> map(String name) {
        Map<String, String> entries = new LinkedHashMap<>();
        object(name).node.properties().forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
        return entries;
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private JsonNode child(String name) {
        JsonNode child = node.path(name);
        return child.isNull() ? MissingNode.getInstance() : child;
    }
}
