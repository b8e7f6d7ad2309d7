package io.lakebaseops.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes objects from rows of the catalog.
///
/// Kinds there are few of come as one JSON text, `body`. Those that come by the thousand have a
/// column per component, for writing JSON costs the server ten times as much (41 against 4.5 ms for
/// the constraints of 2,000 tables); in them only what has parts of its own is JSON.
final class RowFit {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    /// Those that have more than a name of their own to go wrong.
    private static final Map<Class<?>, ObjectId.Kind> KINDS =
            Map.ofEntries(
                    Map.entry(TableObject.Constraint.class, ObjectId.Kind.CONSTRAINT),
                    Map.entry(TableObject.Index.class, ObjectId.Kind.INDEX),
                    Map.entry(TableObject.Trigger.class, ObjectId.Kind.TRIGGER),
                    Map.entry(TableObject.Rule.class, ObjectId.Kind.RULE),
                    Map.entry(TableObject.Policy.class, ObjectId.Kind.POLICY),
                    Map.entry(TableObject.Column.class, ObjectId.Kind.COLUMN),
                    Map.entry(Relation.View.class, ObjectId.Kind.VIEW),
                    Map.entry(Relation.Table.class, ObjectId.Kind.TABLE),
                    Map.entry(Relation.Sequence.class, ObjectId.Kind.SEQUENCE),
                    Map.entry(UserType.EnumType.class, ObjectId.Kind.TYPE),
                    Map.entry(UserType.CompositeType.class, ObjectId.Kind.TYPE),
                    Map.entry(UserType.DomainType.class, ObjectId.Kind.TYPE),
                    Map.entry(UserType.RangeType.class, ObjectId.Kind.TYPE),
                    Map.entry(TopLevelObject.Routine.class, ObjectId.Kind.ROUTINE),
                    Map.entry(TopLevelObject.Statistics.class, ObjectId.Kind.STATISTICS),
                    Map.entry(TopLevelObject.Publication.class, ObjectId.Kind.PUBLICATION));

    /// @param nested null for text, numbers and truth values
    private record Part(String column, Class<?> type, @Nullable JavaType nested) {}

    private record Shape(Constructor<?> constructor, List<Part> parts) {}

    private final Map<Class<?>, Shape> shapes = new HashMap<>();

    SchemaObject object(
            SqlName query, Map<String, @Nullable Object> row, Class<? extends SchemaObject> type) {
        try {
            var body = row.get("body");
            return body == null ? built(row, type) : JSON.readValue(body.toString(), type);
        } catch (JsonProcessingException e) {
            throw misfit(query, type, e.getOriginalMessage(), e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw misfit(query, type, String.valueOf(e.getMessage()), e);
        }
    }

    /// The name of an object that could not be made; null where the row does not say.
    @Nullable ObjectId name(Map<String, @Nullable Object> row, Class<? extends SchemaObject> type) {
        var kind = KINDS.get(type);
        if (kind == null) {
            return null;
        }
        var path = new ArrayList<String>();
        try {
            var text = row.get("body");
            var body = text == null ? null : JSON.readTree(text.toString());
            for (var part : List.of("schema", "table", "name", "arguments")) {
                var value =
                        body == null
                                ? row.get(part)
                                : body.has(part) ? body.get(part).asText() : null;
                if (value != null) {
                    path.add(value.toString());
                }
            }
        } catch (JsonProcessingException e) {
            return null;
        }
        return path.isEmpty() ? null : new ObjectId(kind, path);
    }

    private SchemaObject built(
            Map<String, @Nullable Object> row, Class<? extends SchemaObject> type)
            throws JsonProcessingException, ReflectiveOperationException {
        var shape = shapes.get(type);
        if (shape == null) {
            shape = shape(type);
            shapes.put(type, shape);
        }
        var values = new @Nullable Object[shape.parts().size()];
        for (int i = 0; i < values.length; i++) {
            var part = shape.parts().get(i);
            var value = row.get(part.column());
            if (value == null && !row.containsKey(part.column())) {
                throw new IllegalArgumentException("there is no column " + part.column());
            }
            values[i] =
                    value instanceof String text && part.nested() != null
                            ? JSON.readValue(text, part.nested())
                            : value instanceof Number n && part.type() == long.class
                                    ? (Object) n.longValue()
                                    : value;
        }
        return (SchemaObject) shape.constructor().newInstance(values);
    }

    private static Shape shape(Class<?> type) throws NoSuchMethodException {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType);
        return new Shape(
                type.getDeclaredConstructor(types.toArray(Class<?>[]::new)),
                Arrays.stream(components).map(RowFit::part).toList());
    }

    private static Part part(RecordComponent component) {
        var type = component.getType();
        boolean plain = type == String.class || type.isPrimitive();
        return new Part(
                component
                        .getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT),
                type,
                plain ? null : JSON.constructType(component.getGenericType()));
    }

    private static OpsException misfit(
            SqlName query, Class<?> type, String why, Exception because) {
        return new OpsException(
                OpsException.Kind.INTERNAL,
                "Query " + query + " as " + type.getSimpleName(),
                why,
                "report this as a defect of the console",
                because);
    }
}
