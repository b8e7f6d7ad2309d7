package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What must go before anything can be made or altered: what is removed, what cannot be altered in
/// place, and all that hangs on either.
final class Obstacles {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script;
    private final Map<ObjectId, Set<ObjectId>> dependents = new HashMap<>();
    private final Set<ObjectId> early = new LinkedHashSet<>();
    private final Set<ObjectId> remade = new LinkedHashSet<>();
    private final Set<ObjectId> late = new LinkedHashSet<>();
    private final Set<ObjectId> retyped = new HashSet<>();
    private final Deque<ObjectId> work = new ArrayDeque<>();

    Obstacles(DatabaseSchema before, DatabaseSchema after, Script script) {
        this.before = before;
        this.after = after;
        this.script = script;
        before.needs().forEach((id, needs) -> needs.forEach(n -> link(n, id)));
        var indexes = new HashMap<Qualified, ObjectId>();
        before.all(TableObject.Index.class)
                .forEach(i -> indexes.put(new Qualified(i.schema(), i.name()), i.id()));
        for (var object : before.objects().values()) {
            if (object.id().onRelation()) {
                link(before.home(object.id()), object.id());
            }
            if (object instanceof TableObject.Index i && i.parent() != null) {
                link(indexes.getOrDefault(i.parent(), i.id()), i.id());
            }
        }
        before.objects().values().forEach(this::classify);
        while (!work.isEmpty()) {
            spread(work.pop());
        }
    }

    private void link(ObjectId needed, ObjectId dependent) {
        dependents.computeIfAbsent(needed, _ -> new LinkedHashSet<>()).add(dependent);
    }

    Set<ObjectId> early() {
        return early;
    }

    Set<ObjectId> remade() {
        return remade;
    }

    Set<ObjectId> late() {
        return late;
    }

    private void classify(SchemaObject a) {
        var b = after.find(a.id());
        if (b == null) {
            if (goesLast(a.id().kind())) {
                late.add(a.id());
            } else {
                take(a.id());
            }
        } else if (!a.equals(b) && !AlterDdl.inPlace(a, b)) {
            remake(a.id());
        } else if (a instanceof TableObject.Column was
                && b instanceof TableObject.Column is
                && ColumnChanges.retyped(was, is)) {
            retyped.add(a.id());
            work.add(a.id());
        }
    }

    /// What others may need until they were altered.
    private static boolean goesLast(Kind kind) {
        return switch (kind) {
            case EXTENSION, NAMESPACE, COLLATION, TYPE, SEQUENCE, ROUTINE, DEFAULT_PRIVILEGE ->
                    true;
            case DATABASE, ACCESS_METHOD, LANGUAGE, CONVERSION, CAST, TRANSFORM -> true;
            case OPERATOR, OPERATOR_FAMILY, OPERATOR_CLASS, BUILT_IN_RIGHTS -> true;
            case FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING, SECURITY_LABEL -> true;
            case TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE, TEXT_SEARCH_DICTIONARY -> true;
            case TEXT_SEARCH_CONFIGURATION -> true;
            case SUBSCRIPTION, EVENT_TRIGGER -> false;
            case TABLE, COLUMN, CONSTRAINT, INDEX, STATISTICS, VIEW -> false;
            case RULE, TRIGGER, POLICY, PUBLICATION -> false;
        };
    }

    private void take(ObjectId id) {
        late.remove(id);
        if (early.add(id)) {
            work.add(id);
        }
    }

    private void remake(ObjectId id) {
        remade.add(id);
        take(id);
    }

    private void spread(ObjectId gone) {
        for (var id : Set.copyOf(dependents.getOrDefault(gone, Set.of()))) {
            boolean onlyRetyped = retyped.contains(gone) && !early.contains(gone);
            if (early.contains(id) || (onlyRetyped && followsType(id.kind()))) {
                continue;
            }
            if (after.find(id) == null) {
                take(id);
            } else if (canBeRemade(id.kind())) {
                remake(id);
            } else if (!freed(id, gone)) {
                script.cannot(id, "it needs " + gone + ", which must be dropped first");
            }
        }
    }

    /// The server rebuilds these itself when a column's type changes.
    private static boolean followsType(Kind kind) {
        return kind == Kind.INDEX || kind == Kind.CONSTRAINT || kind == Kind.STATISTICS;
    }

    private static boolean canBeRemade(Kind kind) {
        return switch (kind) {
            case CONSTRAINT, INDEX, STATISTICS, VIEW, RULE, TRIGGER, POLICY, ROUTINE -> true;
            case CAST, TRANSFORM, OPERATOR, OPERATOR_FAMILY, OPERATOR_CLASS, CONVERSION -> true;
            case FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING, EVENT_TRIGGER -> true;
            case TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE, TEXT_SEARCH_DICTIONARY -> true;
            case TEXT_SEARCH_CONFIGURATION -> true;
            case EXTENSION, NAMESPACE, COLLATION, TYPE, SEQUENCE, TABLE, COLUMN -> false;
            case PUBLICATION, DEFAULT_PRIVILEGE, BUILT_IN_RIGHTS, SECURITY_LABEL -> false;
            case DATABASE, ACCESS_METHOD, LANGUAGE, SUBSCRIPTION -> false;
        };
    }

    /// A table whose parent goes is detached first.
    private boolean freed(ObjectId id, ObjectId gone) {
        return after.find(id) instanceof Relation.Table t
                && gone.kind() == Kind.TABLE
                && !t.parents().contains(gone.relation());
    }

    /// What lives on a dropped table, or hangs on a dropped parent, goes without being named.
    boolean mustBeSaid(ObjectId id) {
        var object = before.find(id);
        if (!id.onRelation()) {
            return true;
        }
        boolean homeGone = early.contains(before.home(id));
        return switch (object) {
            case TableObject.Constraint c when c.foreignKey() != null ->
                    c.parent() == null
                            && (!homeGone || refersToAnotherThatGoes(c, c.foreignKey().table()));
            case TableObject.Constraint c ->
                    !homeGone && c.parent() == null && (c.local() || c.inherited() == 0);
            case TableObject.Index i ->
                    !homeGone && (i.parent() == null || !parentGone(i.parent()));
            case TableObject.Trigger t -> !homeGone && !t.inherited();
            case null, default -> !homeGone;
        };
    }

    /// Two tables that refer to each other can only be dropped without their keys.
    private boolean refersToAnotherThatGoes(TableObject.Constraint c, Qualified table) {
        return !table.equals(c.relation())
                && early.contains(ObjectId.of(Kind.TABLE, table.schema(), table.name()));
    }

    private boolean parentGone(Qualified parent) {
        return early.stream()
                .anyMatch(
                        e ->
                                e.kind() == Kind.INDEX
                                        && e.path().getFirst().equals(parent.schema())
                                        && e.name().equals(parent.name()));
    }
}
