package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Makes records of rows: component `deadTuples` takes column `dead_tuples`; every component
/// must have its column, further columns are left alone.
final class RecordMapper<R extends Record> {
    private final Class<R> type;
    private final RecordComponent[] components;
    private final String[] columns;
    private final Constructor<R> constructor;

    private RecordMapper(Class<R> type, RecordComponent[] components, Constructor<R> constructor) {
        this.type = type;
        this.components = components;
        // Once per query, not per cell: large answers have hundreds of thousands of those.
        this.columns =
                Arrays.stream(components).map(c -> column(c.getName())).toArray(String[]::new);
        this.constructor = constructor;
    }

    static <R extends Record> RecordMapper<R> of(Class<R> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType);
        try {
            var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordMapper<>(type, components, constructor);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("Every record has its canonical constructor", e);
        }
    }

    List<R> all(SqlName query, Rows rows) {
        var fitted = new ArrayList<R>(rows.size());
        for (var row : rows.list()) {
            fitted.add(one(query, row));
        }
        return fitted;
    }

    private R one(SqlName query, Map<String, @Nullable Object> row) {
        var arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var column = columns[i];
            var value = row.get(column);
            if (value == null && !row.containsKey(column)) {
                throw misfit(query, "there is no column " + column + " in " + row.keySet());
            }
            try {
                arguments[i] = convert(value, components[i].getType());
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw misfit(query, "column " + column + " " + e.getMessage());
            }
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw misfit(query, "the record refuses the row: " + e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new LinkageError("A record's constructor was made accessible", e);
        }
    }

    private OpsException misfit(SqlName query, String why) {
        return new OpsException(
                OpsException.Kind.INTERNAL,
                "Query " + query + " as " + type.getSimpleName(),
                why,
                "report this as a defect of the console");
    }

    static String column(String component) {
        return component
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable Object convert(@Nullable Object value, Class<?> wanted) {
        if (value == null) {
            if (wanted.isPrimitive()) {
                throw new IllegalArgumentException("is null but " + wanted + " takes none");
            }
            return null;
        }
        if (value instanceof Number n) {
            if (wanted == long.class || wanted == Long.class) {
                return n instanceof BigDecimal d ? d.longValueExact() : n.longValue();
            }
            if (wanted == int.class || wanted == Integer.class) {
                return Math.toIntExact(n.longValue());
            }
            if (wanted == double.class || wanted == Double.class) {
                return n.doubleValue();
            }
            if (wanted == BigDecimal.class) {
                return n instanceof BigDecimal d ? d : new BigDecimal(n.toString());
            }
        }
        if (wanted == String.class) {
            return value.toString();
        }
        if (wanted == boolean.class || wanted.isInstance(value)) {
            return value;
        }
        throw new IllegalArgumentException(
                "holds a " + value.getClass().getSimpleName() + ", wanted " + wanted.getName());
    }
}
