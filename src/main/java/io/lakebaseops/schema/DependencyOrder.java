package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The order in which objects can be made, so that each finds what it needs. Reversed, it is the
/// order in which they can be dropped. Columns count with their table.
final class DependencyOrder {
    /// Columns in the order of their table.
    private final Comparator<ObjectId> usual =
            Comparator.comparing(ObjectId::kind)
                    .thenComparing(
                            id ->
                                    id.kind() == Kind.COLUMN
                                            ? id.path().subList(0, 2).toString()
                                            : "")
                    .thenComparing(this::position)
                    .thenComparing(Comparator.naturalOrder());
    private final DatabaseSchema schema;
    private final Map<ObjectId, List<ObjectId>> columns = new HashMap<>();
    private final Map<Qualified, List<ObjectId>> keys = new HashMap<>();
    private final Map<Qualified, List<ObjectId>> indexes = new HashMap<>();

    DependencyOrder(DatabaseSchema schema) {
        this.schema = schema;
        for (var object : schema.objects().values()) {
            switch (object) {
                case TableObject.Column c ->
                        columns.computeIfAbsent(schema.home(c.id()), _ -> new ArrayList<>())
                                .add(c.id());
                case TableObject.Constraint c when c.hasIndex() && c.parent() != null ->
                        keys.computeIfAbsent(c.parent(), _ -> new ArrayList<>()).add(c.id());
                case TableObject.Index i when i.parent() != null ->
                        indexes.computeIfAbsent(i.parent(), _ -> new ArrayList<>()).add(i.id());
                case TableObject _, Relation _, UserType _, TopLevelObject _, DdlTextObject _ -> {}
            }
        }
    }

    private int position(ObjectId id) {
        var table = id.kind() == Kind.COLUMN ? schema.table(id.relation()) : null;
        return table == null ? 0 : table.columns().indexOf(id.name());
    }

    List<ObjectId> order(Set<ObjectId> wanted) {
        var ordered = new LinkedHashSet<ObjectId>();
        var seen = new HashSet<ObjectId>();
        for (var id : wanted.stream().sorted(usual).toList()) {
            visit(id, wanted, seen, ordered);
        }
        return List.copyOf(ordered);
    }

    private void visit(
            ObjectId id, Set<ObjectId> wanted, Set<ObjectId> seen, Set<ObjectId> ordered) {
        if (!seen.add(id)) {
            return;
        }
        for (var needed : needs(id).stream().sorted(usual).toList()) {
            visit(needed, wanted, seen, ordered);
        }
        if (wanted.contains(id)) {
            ordered.add(id);
        }
    }

    private Set<ObjectId> needs(ObjectId id) {
        var needs = new HashSet<>(schema.needs(id));
        if (id.onRelation()) {
            needs.add(schema.home(id));
        } else if (schema.find(id) instanceof TopLevelObject.Extension e) {
            needs.add(ObjectId.of(Kind.NAMESPACE, e.schema()));
        } else if (schema.find(id) instanceof TopLevelObject.BuiltInRights r
                && r.extension() != null) {
            needs.add(ObjectId.of(Kind.EXTENSION, r.extension()));
        } else if (id.inSchema()) {
            needs.add(ObjectId.of(Kind.NAMESPACE, id.path().getFirst()));
        }
        if (id.kind() == Kind.TABLE) {
            for (var column : columns.getOrDefault(id, List.of())) {
                needs.addAll(schema.needs(column));
            }
            needs.remove(id);
        }
        // A key of a partitioned table takes over those its partitions have.
        if (schema.find(id) instanceof TableObject.Constraint c && c.hasIndex()) {
            needs.addAll(keys.getOrDefault(c.relation(), List.of()));
        } else if (schema.find(id) instanceof TableObject.Index i) {
            needs.addAll(indexes.getOrDefault(new Qualified(i.schema(), i.name()), List.of()));
        }
        return needs;
    }
}
