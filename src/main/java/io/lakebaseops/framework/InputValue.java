package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/// Reads one JSON value as an [InputType]; what does not fit is added to the problems.
final class InputValue {
    /// How people write time spans: `30m`, `4h`, `7d`.
    private static final Pattern SHORT_SPAN = Pattern.compile("(\\d{1,9})\\s?([smhd])");

    private final List<String> problems;
    private final Objects objects;

    InputValue(List<String> problems, Objects objects) {
        this.problems = problems;
        this.objects = objects;
    }

    /// How nested records are read.
    @FunctionalInterface
    interface Objects {
        @Nullable Object read(Class<?> type, JsonNode json, String path);
    }

    @Nullable Object read(InputType type, JsonNode json, String path) {
        return switch (type) {
            case InputType.Text _ ->
                    json.isTextual() ? json.textValue() : wrong(path, "text", json);
            case InputType.Flag _ ->
                    json.isBoolean() ? json.booleanValue() : wrong(path, "true or false", json);
            case InputType.Whole whole -> whole(whole, json, path);
            case InputType.Real _ ->
                    json.isNumber() ? json.doubleValue() : wrong(path, "a number", json);
            case InputType.Choice choice -> choice(choice, json, path);
            case InputType.Span _ -> span(json, path);
            case InputType.Moment _ -> moment(json, path);
            case InputType.Id _ -> id(json, path);
            case InputType.Many many -> list(many, json, path);
            case InputType.Dictionary dictionary -> map(dictionary, json, path);
            case InputType.Nested nested -> objects.read(nested.java(), json, path + ".");
        };
    }

    private @Nullable Object wrong(String path, String wanted, JsonNode json) {
        problems.add(path + " must be " + wanted + " but is " + json);
        return null;
    }

    private @Nullable Object whole(InputType.Whole type, JsonNode json, String path) {
        if (!json.isIntegralNumber()) {
            return wrong(path, "a whole number", json);
        }
        if (type.java() == int.class) {
            return json.canConvertToInt()
                    ? (Object) json.intValue()
                    : wrong(path, "a smaller number", json);
        }
        return json.canConvertToLong()
                ? (Object) json.longValue()
                : wrong(path, "a smaller number", json);
    }

    private @Nullable Object choice(InputType.Choice type, JsonNode json, String path) {
        int index =
                json.isTextual()
                        ? type.names().indexOf(json.textValue().toLowerCase(Locale.ROOT))
                        : -1;
        return index < 0
                ? wrong(path, "one of " + String.join(", ", type.names()), json)
                : type.java().getEnumConstants()[index];
    }

    private @Nullable Object span(JsonNode json, String path) {
        var text = json.asText();
        var match = SHORT_SPAN.matcher(text);
        if (match.matches()) {
            long n = Long.parseLong(match.group(1));
            return switch (match.group(2).charAt(0)) {
                case 's' -> Duration.ofSeconds(n);
                case 'm' -> Duration.ofMinutes(n);
                case 'h' -> Duration.ofHours(n);
                default -> Duration.ofDays(n);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return wrong(path, "a duration such as PT30M, 30m, 4h or 7d", json);
        }
    }

    private @Nullable Object moment(JsonNode json, String path) {
        try {
            return Instant.parse(json.asText());
        } catch (DateTimeException e) {
            return wrong(path, "a time in UTC such as 2026-03-01T02:00:00Z", json);
        }
    }

    private @Nullable Object id(JsonNode json, String path) {
        try {
            return UUID.fromString(json.asText());
        } catch (IllegalArgumentException e) {
            return wrong(path, "a UUID", json);
        }
    }

    private @Nullable Object list(InputType.Many type, JsonNode json, String path) {
        if (!json.isArray()) {
            return wrong(path, "a list", json);
        }
        var list = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            var element = read(type.element(), json.get(i), path + "[" + i + "]");
            if (element != null) {
                list.add(element);
            }
        }
        return List.copyOf(list);
    }

    private @Nullable Object map(InputType.Dictionary type, JsonNode json, String path) {
        if (!json.isObject()) {
            return wrong(path, "an object", json);
        }
        var map = new LinkedHashMap<String, Object>();
        for (var entry : json.properties()) {
            var value = read(type.value(), entry.getValue(), path + "." + entry.getKey());
            if (value != null) {
                map.put(entry.getKey(), value);
            }
        }
        return java.util.Collections.unmodifiableMap(map);
    }
}
