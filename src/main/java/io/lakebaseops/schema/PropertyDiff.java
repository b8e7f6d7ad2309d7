package io.lakebaseops.schema;

import io.lakebaseops.schema.SchemaDiff.FacetChange;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// The properties in which two versions of an object differ. Goes over the record's components, so
/// a component cannot be forgotten here.
final class PropertyDiff {
    private PropertyDiff() {}

    static List<FacetChange> between(SchemaObject before, SchemaObject after) {
        if (!before.getClass().equals(after.getClass())) {
            return List.of(
                    new FacetChange(
                            "kind",
                            words(before.getClass().getSimpleName()),
                            words(after.getClass().getSimpleName())));
        }
        var changes = new ArrayList<FacetChange>();
        for (var component : before.getClass().getRecordComponents()) {
            var a = value(before, component);
            var b = value(after, component);
            if (Objects.equals(a, b)) {
                continue;
            }
            if (a instanceof Collection<?> as && b instanceof Collection<?> bs) {
                changes.add(lists(words(component.getName()), as, bs));
            } else {
                changes.add(new FacetChange(words(component.getName()), text(a), text(b)));
            }
        }
        return changes;
    }

    /// Only what differs, unless it is the order.
    private static FacetChange lists(String facet, Collection<?> a, Collection<?> b) {
        var gone = new ArrayList<>(a);
        gone.removeAll(new HashSet<>(b));
        var come = new ArrayList<>(b);
        come.removeAll(new HashSet<>(a));
        return gone.isEmpty() && come.isEmpty()
                ? new FacetChange(facet + " order", text(a), text(b))
                : new FacetChange(facet, text(gone), text(come));
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Collection<?> list when list.isEmpty() -> null;
            case Collection<?> list ->
                    list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    private static @Nullable Object value(SchemaObject object, RecordComponent component) {
        try {
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The components of public records can be read", e);
        }
    }

    private static String words(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
