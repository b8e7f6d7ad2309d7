package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The JSON schema (2020-12 subset) of a tool's input record.
public final class ToolSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ToolSchema() {}

    public static ObjectNode of(Tool<?, ?> tool) {
        return of(tool.inputType());
    }

    public static ObjectNode of(Class<?> record) {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = JSON.arrayNode();
        for (var field : InputField.of(record)) {
            var type = InputType.of(field.type());
            var property = ofType(type);
            if (field.description() != null) {
                property.put("description", field.description());
            }
            if (field.defaultText() != null) {
                property.set("default", ToolInput.defaultOf(field));
            }
            properties.set(field.name(), property);
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode ofType(InputType type) {
        return switch (type) {
            case InputType.Text _ -> plain("string");
            case InputType.Flag _ -> plain("boolean");
            case InputType.Whole _ -> plain("integer");
            case InputType.Real _ -> plain("number");
            case InputType.Choice choice -> {
                var node = plain("string");
                choice.names().forEach(node.putArray("enum")::add);
                yield node;
            }
            case InputType.Span _ -> plain("string").put("format", "duration");
            case InputType.Moment _ -> plain("string").put("format", "date-time");
            case InputType.Id _ -> plain("string").put("format", "uuid");
            case InputType.Many many -> with(plain("array"), "items", ofType(many.element()));
            case InputType.Dictionary dictionary ->
                    with(plain("object"), "additionalProperties", ofType(dictionary.value()));
            case InputType.Nested nested -> of(nested.java());
        };
    }

    private static ObjectNode plain(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode with(ObjectNode node, String key, JsonNode value) {
        node.set(key, value);
        return node;
    }
}
