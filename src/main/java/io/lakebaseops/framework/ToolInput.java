package io.lakebaseops.framework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads JSON into a tool's input record, or says everything that is wrong with it at once.
public final class ToolInput {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> problems = new ArrayList<>();
    private final InputValue values = new InputValue(problems, this::object);

    private ToolInput() {}

    /// @throws OpsException INVALID_INPUT with one sentence per problem
    public static <I extends Record> I read(Tool<I, ?> tool, JsonNode input) {
        return read("Input of " + tool.descriptor().name(), tool.inputType(), input);
    }

    public static <I extends Record> I read(String what, Class<I> type, JsonNode input) {
        var reader = new ToolInput();
        var empty = input.isNull() || input.isMissingNode();
        var record = reader.object(type, empty ? JSON.createObjectNode() : input, "");
        if (record == null || !reader.problems.isEmpty()) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    what,
                    String.join("; ", reader.problems),
                    "correct the input and run it again");
        }
        return type.cast(record);
    }

    private @Nullable Object object(Class<?> type, JsonNode json, String path) {
        if (!json.isObject()) {
            problems.add(owner(path) + " must be an object but is " + json);
            return null;
        }
        var fields = InputField.of(type);
        int before = problems.size();
        json.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (fields.stream().noneMatch(f -> f.name().equals(name))) {
                                problems.add(unknown(path + name, fields));
                            }
                        });
        var arguments = new @Nullable Object[fields.size()];
        for (int i = 0; i < arguments.length; i++) {
            var field = fields.get(i);
            arguments[i] = value(field, json.path(field.name()), path + field.name());
        }
        return problems.size() > before ? null : construct(type, arguments, path);
    }

    private static String unknown(String name, List<InputField> fields) {
        var known = fields.stream().map(InputField::name).toList();
        return "unknown field "
                + name
                + (known.isEmpty()
                        ? " (no fields are taken)"
                        : " (known: " + String.join(", ", known) + ")");
    }

    private @Nullable Object value(InputField field, JsonNode given, String path) {
        var json = given;
        if (json.isMissingNode() || json.isNull()) {
            if (field.defaultText() != null) {
                json = defaultOf(field);
            } else if (field.nullable()) {
                return null;
            } else {
                problems.add(path + " is required");
                return null;
            }
        }
        return values.read(InputType.of(field.type()), json, path);
    }

    /// Text-like types may give their default without quotes.
    static JsonNode defaultOf(InputField field) {
        var text = field.defaultText();
        if (text == null) {
            return MissingNode.getInstance();
        }
        boolean plain =
                switch (InputType.of(field.type())) {
                    case InputType.Text _, InputType.Choice _, InputType.Span _ ->
                            !text.startsWith("\"");
                    case InputType.Moment _, InputType.Id _ -> !text.startsWith("\"");
                    case InputType.Flag _, InputType.Whole _, InputType.Real _ -> false;
                    case InputType.Many _, InputType.Dictionary _, InputType.Nested _ -> false;
                };
        if (plain) {
            return JsonNodeFactory.instance.textNode(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The default of " + field.name() + " is not JSON: " + text, e);
        }
    }

    private @Nullable Object construct(Class<?> type, @Nullable Object[] arguments, String path) {
        try {
            var parameters =
                    Arrays.stream(type.getRecordComponents())
                            .map(c -> c.getType())
                            .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                // The record's own check; its message is written for people.
                problems.add(
                        path.isEmpty() ? message(refused) : owner(path) + ": " + message(refused));
                return null;
            }
            throw new IllegalStateException("Cannot make " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + type.getName(), e);
        }
    }

    /// The path of an object ends in a dot, ready for its fields.
    private static String owner(String path) {
        return path.isEmpty() ? "it" : path.substring(0, path.length() - 1);
    }

    private static String message(IllegalArgumentException refused) {
        return String.valueOf(refused.getMessage());
    }
}
