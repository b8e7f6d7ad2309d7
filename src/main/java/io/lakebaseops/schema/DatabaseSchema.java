package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is in a database: every object by its name, and who needs whom. A value: it can be kept,
/// compared and taken elsewhere.
///
/// @param needs for each object those it cannot exist without, its own table left out; follows from
///     the objects and is not compared
/// @param objects in the order of their names; looked up by hash, as most of a comparison is that
/// @param unseen how many objects are there, by their kind, that this picture leaves out
/// @param unreadable what is there and could not be read, with the reason
public record DatabaseSchema(
        String database,
        Map<ObjectId, SchemaObject> objects,
        Map<ObjectId, Set<ObjectId>> needs,
        Map<String, Integer> unseen,
        Map<ObjectId, String> unreadable,
        Conversions conversions) {
    public DatabaseSchema {
        objects = inOrder(objects);
        needs = Collections.unmodifiableMap(needs);
        unseen = Collections.unmodifiableMap(new TreeMap<>(unseen));
        unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    }

    private static Map<ObjectId, SchemaObject> inOrder(Map<ObjectId, SchemaObject> objects) {
        var ids = objects.keySet().toArray(ObjectId[]::new);
        Arrays.sort(ids);
        var ordered = LinkedHashMap.<ObjectId, SchemaObject>newLinkedHashMap(ids.length);
        for (var id : ids) {
            ordered.put(id, Objects.requireNonNull(objects.get(id)));
        }
        return Collections.unmodifiableMap(ordered);
    }

    DatabaseSchema with(Map<ObjectId, Set<ObjectId>> found, Conversions known) {
        return new DatabaseSchema(database, objects, found, unseen, unreadable, known);
    }

    /// One that nobody made anything in.
    public static DatabaseSchema empty(String database) {
        return new DatabaseSchema(
                database, Map.of(), Map.of(), Map.of(), Map.of(), Conversions.NONE);
    }

    /// Without these and what lives on them.
    public DatabaseSchema without(Set<ObjectId> left) {
        if (left.isEmpty()) {
            return this;
        }
        var kept = new HashMap<>(objects);
        kept.keySet()
                .removeIf(id -> left.contains(id) || id.onRelation() && left.contains(home(id)));
        return new DatabaseSchema(database, kept, needs, unseen, unreadable, conversions);
    }

    public @Nullable SchemaObject find(ObjectId id) {
        return objects.get(id);
    }

    public <T extends SchemaObject> Stream<T> all(Class<T> type) {
        return objects.values().stream().filter(type::isInstance).map(type::cast);
    }

    public List<Relation.Table> tables() {
        return all(Relation.Table.class).toList();
    }

    public Relation.@Nullable Table table(Qualified name) {
        return (Relation.Table) find(ObjectId.of(Kind.TABLE, name.schema(), name.name()));
    }

    public TableObject.@Nullable Column column(Qualified table, String name) {
        return (TableObject.Column)
                find(ObjectId.of(Kind.COLUMN, table.schema(), table.name(), name));
    }

    /// In their order.
    public List<TableObject.Column> columns(Relation.Table table) {
        return table.columns().stream()
                .flatMap(name -> Stream.ofNullable(column(table.qualified(), name)))
                .toList();
    }

    /// The table or view a column, index, trigger … lives on.
    ObjectId home(ObjectId id) {
        var relation = id.relation();
        var table = ObjectId.of(Kind.TABLE, relation.schema(), relation.name());
        return objects.containsKey(table)
                ? table
                : ObjectId.of(Kind.VIEW, relation.schema(), relation.name());
    }

    Set<ObjectId> needs(ObjectId id) {
        return needs.getOrDefault(id, Set.of());
    }
}
