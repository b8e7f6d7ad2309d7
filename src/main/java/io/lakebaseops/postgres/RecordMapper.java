package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Makes records of rows: component `deadTuples` takes column `dead_tuples`; every component
/// must have its column, further columns are left alone.
public final class RecordMapper<R extends Record> {
    /// Reads the text of a column into a type that the mapper itself does not know.
    @FunctionalInterface
    public interface TextReader {
        Object read(String text, Class<?> wanted);
    }

    private final Class<R> type;
    private final TextReader texts;
    private final String[] columns;
    private final Class<?>[] types;
    private final Constructor<R> constructor;

    private RecordMapper(
            Class<R> type,
            TextReader texts,
            RecordComponent[] components,
            Constructor<R> constructor) {
        this.type = type;
        this.texts = texts;
        // Once per query, not per cell: large answers have hundreds of thousands of those.
        this.columns =
                Arrays.stream(components).map(c -> column(c.getName())).toArray(String[]::new);
        this.types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        this.constructor = constructor;
    }

    static <R extends Record> RecordMapper<R> of(Class<R> type) {
        return of(type, RecordMapper::unknown);
    }

    public static <R extends Record> RecordMapper<R> of(Class<R> type, TextReader texts) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType);
        try {
            var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordMapper<>(type, texts, components, constructor);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("Every record has its canonical constructor", e);
        }
    }

    public List<R> all(SqlName query, Rows rows) {
        var fitted = new ArrayList<R>(rows.size());
        if (!rows.isEmpty()) {
            columns(query, List.copyOf(rows.list().getFirst().keySet()));
        }
        for (var row : rows.list()) {
            fitted.add(one(query, i -> row.get(columns[i])));
        }
        return fitted;
    }

    /// Straight from a result, without rows between: large answers have hundreds of thousands of
    /// cells.
    public List<R> all(SqlName query, ResultSet result) throws SQLException {
        return RowReader.records(result, query, this);
    }

    /// The places of the components' columns among those of a result.
    int[] columns(SqlName query, List<String> labels) {
        var places = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            places[i] = labels.indexOf(columns[i]);
            if (places[i] < 0) {
                throw misfit(query, type, "there is no column " + columns[i] + " in " + labels);
            }
        }
        return places;
    }

    /// The only column of each row.
    public static <T> List<T> column(SqlName query, Rows rows, Class<T> wanted, TextReader texts) {
        var values = new ArrayList<T>(rows.size());
        for (var row : rows.list()) {
            var value = convert(row.values().iterator().next(), wanted, texts);
            if (value == null || row.size() != 1) {
                throw misfit(query, wanted, "one column that is not null is wanted, not " + row);
            }
            values.add(wanted.cast(value));
        }
        return values;
    }

    /// Gives what the column of a component holds.
    @FunctionalInterface
    interface Cells<X extends Exception> {
        @Nullable Object of(int component) throws X;
    }

    <X extends Exception> R one(SqlName query, Cells<X> row) throws X {
        var arguments = new @Nullable Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            try {
                arguments[i] = convert(row.of(i), types[i], texts);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw misfit(query, type, "column " + columns[i] + " " + e.getMessage());
            }
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw misfit(query, type, "the record refuses the row: " + e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new LinkageError("A record's constructor was made accessible", e);
        }
    }

    private static OpsException misfit(SqlName query, Class<?> type, String why) {
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

    /// A value of the wanted type; numbers count the constants of an enum.
    private static @Nullable Object convert(
            @Nullable Object value, Class<?> wanted, TextReader texts) {
        if (value == null && wanted.isPrimitive()) {
            throw new IllegalArgumentException("is null but " + wanted + " takes none");
        }
        return switch (value) {
            case null -> null;
            case Number n -> number(n, wanted);
            case Object v when wanted == String.class -> v.toString();
            case Object v when wanted == boolean.class || wanted.isInstance(v) -> v;
            case String text when wanted == UUID.class -> UUID.fromString(text);
            case String text -> texts.read(text, wanted);
            default -> throw wrong(value, wanted);
        };
    }

    private static Object number(Number n, Class<?> wanted) {
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
        if (wanted.isEnum()) {
            return wanted.getEnumConstants()[n.intValue()];
        }
        if (wanted == String.class) {
            return n.toString();
        }
        throw wrong(n, wanted);
    }

    private static Object unknown(String text, Class<?> wanted) {
        throw wrong(text, wanted);
    }

    private static IllegalArgumentException wrong(Object value, Class<?> wanted) {
        return new IllegalArgumentException(
                "holds a " + value.getClass().getSimpleName() + ", wanted " + wanted.getName());
    }
}
