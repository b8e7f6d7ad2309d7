package io.lakebaseops.framework;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// The types an input record may be made of; schema and reading both switch over this family.
sealed interface InputType {
    record Text() implements InputType {}

    record Flag() implements InputType {}

    /// @param java `int` or `long`
    record Whole(Class<?> java) implements InputType {}

    record Real() implements InputType {}

    /// @param names lower case, as written in JSON
    record Choice(Class<?> java, List<String> names) implements InputType {}

    record Span() implements InputType {}

    record Moment() implements InputType {}

    record Id() implements InputType {}

    record Many(InputType element) implements InputType {}

    record Dictionary(InputType value) implements InputType {}

    record Nested(Class<?> java) implements InputType {}

    static InputType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var raw = generic.getRawType();
            var arguments = generic.getActualTypeArguments();
            if (raw == List.class) {
                return new Many(of(arguments[0]));
            }
            if (raw == Map.class && arguments[0] == String.class) {
                return new Dictionary(of(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw unsupported(type);
    }

    private static InputType ofClass(Class<?> type) {
        if (type == String.class) {
            return new Text();
        } else if (type == boolean.class || type == Boolean.class) {
            return new Flag();
        } else if (type == int.class || type == Integer.class) {
            return new Whole(int.class);
        } else if (type == long.class || type == Long.class) {
            return new Whole(long.class);
        } else if (type == double.class || type == Double.class) {
            return new Real();
        } else if (type == Duration.class) {
            return new Span();
        } else if (type == Instant.class) {
            return new Moment();
        } else if (type == UUID.class) {
            return new Id();
        } else if (type.isEnum()) {
            return new Choice(type, names(type));
        } else if (type.isRecord()) {
            return new Nested(type);
        }
        throw unsupported(type);
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException(
                type.getTypeName() + " cannot be part of a tool's input record");
    }
}
