package io.lakebaseops.console.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.lakebaseops.console.Texts;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// One input of a tool as a person fills it in: text that must become the JSON its schema asks for.
public final class FormField {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What kind of control asks for it.
    public enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        CHOICE,
        /// One value a line.
        LIST,
        /// Nested records are written as JSON.
        STRUCTURE
    }

    private final String name;
    private final Kind kind;
    private final JsonNode schema;
    private final boolean required;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    FormField(String name, JsonNode schema, boolean required) {
        this.name = name;
        this.schema = schema;
        this.required = required;
        kind = kind(schema);
        var preset = schema.get("default");
        if (preset != null) {
            text.set(kind == Kind.LIST ? lines(preset) : plain(preset));
        }
        text.addListener((_, _, _) -> read());
    }

    private static String plain(JsonNode preset) {
        return preset.isTextual() ? preset.asText() : preset.toString();
    }

    private static String lines(JsonNode preset) {
        var lines = new ArrayList<String>();
        preset.forEach(p -> lines.add(plain(p)));
        return String.join("\n", lines);
    }

    private static Kind kind(JsonNode schema) {
        if (schema.has("enum")) {
            return Kind.CHOICE;
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> Kind.WHOLE;
            case "number" -> Kind.NUMBER;
            case "boolean" -> Kind.FLAG;
            case "string" -> Kind.TEXT;
            case "array" ->
                    schema.path("items").path("type").asText().equals("object")
                            ? Kind.STRUCTURE
                            : Kind.LIST;
            default -> Kind.STRUCTURE;
        };
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public boolean required() {
        return required;
    }

    public String description() {
        return schema.path("description").asText("");
    }

    public List<String> choices() {
        var choices = new ArrayList<String>();
        schema.path("enum").forEach(c -> choices.add(c.asText()));
        return choices;
    }

    public StringProperty textProperty() {
        return text;
    }

    /// Why the text does not do; empty when it does.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// The value, or null when it is left out or does not do; then `problem` says why.
    public @Nullable JsonNode read() {
        var typed = text.get().strip();
        if (typed.isEmpty()) {
            problem.set(required ? Texts.of("Required") : "");
            return null;
        }
        try {
            var value = parse(typed);
            problem.set(outOfRange(value));
            return problem.get().isEmpty() ? value : null;
        } catch (NumberFormatException e) {
            problem.set(
                    kind == Kind.WHOLE || kind == Kind.LIST
                            ? Texts.of("must be a whole number")
                            : Texts.of("must be a number"));
        } catch (JsonProcessingException e) {
            problem.set(Texts.of("must be JSON, such as {\"name\": \"value\"}"));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            problem.set(Texts.of("must be %s", format()));
        }
        return null;
    }

    private JsonNode parse(String typed) throws JsonProcessingException {
        return switch (kind) {
            case WHOLE -> LongNode.valueOf(Long.parseLong(typed));
            case NUMBER -> DoubleNode.valueOf(Double.parseDouble(typed));
            case FLAG -> BooleanNode.valueOf(Boolean.parseBoolean(typed));
            case LIST -> list(typed);
            case STRUCTURE -> JSON.readTree(typed);
            case TEXT, CHOICE -> TextNode.valueOf(checked(typed));
        };
    }

    /// Values of one line each, as they are pasted; numbers where the list is one of numbers.
    private JsonNode list(String typed) {
        boolean whole = schema.path("items").path("type").asText().equals("integer");
        var list = JSON.createArrayNode();
        for (var line : typed.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            list.add(whole ? LongNode.valueOf(Long.parseLong(line)) : TextNode.valueOf(line));
        }
        return list;
    }

    private String checked(String typed) {
        switch (schema.path("format").asText()) {
            case "uuid" -> UUID.fromString(typed);
            case "duration" -> {
                if (!typed.matches("\\d+\\s*(ms|s|min|m|h|d)")) {
                    Duration.parse(typed);
                }
            }
            default -> {}
        }
        return typed;
    }

    private String format() {
        return switch (schema.path("format").asText()) {
            case "uuid" -> Texts.of("an id like 7f3a9c10-…");
            case "duration" -> Texts.of("a time like 30min or 7d");
            default -> Texts.of("of another form");
        };
    }

    private String outOfRange(JsonNode value) {
        var min = schema.get("minimum");
        if (min != null && value.isNumber() && value.asDouble() < min.asDouble()) {
            return Texts.of("must be at least %s", min.asText());
        }
        var max = schema.get("maximum");
        return max != null && value.isNumber() && value.asDouble() > max.asDouble()
                ? Texts.of("must be at most %s", max.asText())
                : "";
    }
}
