package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;
import io.lakebaseops.schema.TopLevelObject.Extension;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A database as it prints once its extensions are in the schemas they are to have: their types,
/// functions and operators have other names then wherever they are used, and nothing else changed.
/// Without this each column of such a type would count as one of another type.
final class MovedExtensions {
    private final DatabaseSchema before;
    private final DatabaseSchema after;

    private MovedExtensions(DatabaseSchema before, DatabaseSchema after) {
        this.before = before;
        this.after = after;
    }

    static DatabaseSchema moved(DatabaseSchema before, DatabaseSchema after) {
        var schema = before;
        for (var extension : before.all(Extension.class).toList()) {
            if (moves(extension, before, after)) {
                var there = (Extension) Objects.requireNonNull(after.find(extension.id()));
                schema =
                        new MovedExtensions(schema, after)
                                .printed(extension.schema(), there.schema());
            }
        }
        return schema;
    }

    static boolean moves(Extension a, DatabaseSchema before, DatabaseSchema after) {
        return after.find(a.id()) instanceof Extension b
                && !a.schema().equals(b.schema())
                && before.conversions().movable(a.name());
    }

    private DatabaseSchema printed(String from, String to) {
        var rename = renaming(from, to);
        var ids = new HashMap<ObjectId, ObjectId>();
        var objects = new HashMap<ObjectId, SchemaObject>();
        before.objects()
                .forEach(
                        (id, object) -> {
                            var next = renamed(id, rename);
                            var other = after.find(next);
                            var printed =
                                    other == null || !other.getClass().equals(object.getClass())
                                            ? object
                                            : (SchemaObject)
                                                    like((Record) object, (Record) other, rename);
                            objects.put(printed.id(), printed);
                            ids.put(id, printed.id());
                        });
        var needs = new HashMap<ObjectId, Set<ObjectId>>();
        before.needs()
                .forEach(
                        (id, needed) ->
                                needs.put(
                                        ids.getOrDefault(id, id),
                                        needed.stream()
                                                .map(n -> ids.getOrDefault(n, n))
                                                .collect(Collectors.toSet())));
        return new DatabaseSchema(
                before.database(),
                objects,
                needs,
                before.unseen(),
                before.unreadable(),
                before.conversions());
    }

    /// Names in that schema that are none of the user's own are the extension's.
    private UnaryOperator<String> renaming(String from, String to) {
        var own = new HashSet<String>();
        for (var id : before.objects().keySet()) {
            if (id.inSchema() && id.path().getFirst().equals(from)) {
                own.add(id.onRelation() ? id.path().get(1) : id.name());
            }
        }
        var pattern =
                Pattern.compile(
                        "(?<![\\w\"$.])"
                                + Pattern.quote(ObjectId.plain(List.of(from)))
                                + "\\.(\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*|[-+*/<>=~!@#%^&|`?]+)");
        var head = Matcher.quoteReplacement(ObjectId.plain(List.of(to)) + ".");
        return text ->
                pattern.matcher(text)
                        .replaceAll(
                                m ->
                                        own.contains(bare(m.group(1)))
                                                ? Matcher.quoteReplacement(m.group())
                                                : head + Matcher.quoteReplacement(m.group(1)));
    }

    private static String bare(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    /// Arguments are part of the name of a routine.
    private ObjectId renamed(ObjectId id, UnaryOperator<String> rename) {
        if (id.kind() != Kind.ROUTINE || after.find(id) != null) {
            return id;
        }
        var path = id.path();
        return new ObjectId(
                id.kind(), List.of(path.get(0), path.get(1), rename.apply(path.get(2))));
    }

    /// What is equal under the new names takes the other side's; the rest stays as it is.
    private static Record like(Record a, Record b, UnaryOperator<String> rename) {
        var components = a.getClass().getRecordComponents();
        var values = new Object[components.length];
        boolean same = true;
        for (int i = 0; i < components.length; i++) {
            var own = value(a, components[i]);
            var other = value(b, components[i]);
            boolean follows =
                    !Objects.equals(own, other) && Objects.equals(printed(own, rename), other);
            values[i] = follows ? other : own;
            same &= !follows;
        }
        return same ? a : made(a, components, values);
    }

    private static @Nullable Object printed(@Nullable Object value, UnaryOperator<String> rename) {
        return switch (value) {
            case null -> null;
            case String text -> rename.apply(text);
            case List<?> list -> list.stream().map(v -> printed(v, rename)).toList();
            case Record part -> {
                var components = part.getClass().getRecordComponents();
                var values = new Object[components.length];
                for (int i = 0; i < components.length; i++) {
                    values[i] = printed(value(part, components[i]), rename);
                }
                yield made(part, components, values);
            }
            default -> value;
        };
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The components of our own records can be read", e);
        }
    }

    private static Record made(Record like, RecordComponent[] components, Object[] values) {
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return like.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Our own records can be made anew", e);
        }
    }
}
