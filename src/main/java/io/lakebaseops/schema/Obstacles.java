package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
    private final Set<ObjectId> replaced = new LinkedHashSet<>();
    private final Set<ObjectId> recast = new LinkedHashSet<>();
    private final ExpressionDetachment detached;
    private final PublishedColumns published;
    private final Set<Qualified> newRoutines = new HashSet<>();
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
        detached = new ExpressionDetachment(before, after, script);
        published = new PublishedColumns(before, script);
        published.columns().forEach((id, publications) -> publications.forEach(p -> link(id, p)));
        after.all(TopLevelObject.Routine.class)
                .filter(r -> before.find(r.id()) == null)
                .forEach(r -> newRoutines.add(new Qualified(r.schema(), r.name())));
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

    /// Enums in use that are made anew beside the old ones.
    Set<ObjectId> replaced() {
        return replaced;
    }

    /// Columns that take their values over into such an enum.
    Set<ObjectId> recast() {
        return recast;
    }

    /// Is it dropped, or its type altered?
    boolean moves(ObjectId id) {
        return early.contains(id) || late.contains(id) || retyped.contains(id);
    }

    /// Objects that were untied from what they need, as they are in between.
    Map<ObjectId, SchemaObject> untied() {
        var untied = new HashMap<ObjectId, SchemaObject>(detached.columns());
        untied.putAll(published.publications());
        return untied;
    }

    private void classify(SchemaObject a) {
        var b = after.find(a.id());
        if (b == null) {
            // Beside its successor the old one would still be called.
            boolean succeeded =
                    a instanceof TopLevelObject.Routine r
                            && newRoutines.contains(new Qualified(r.schema(), r.name()));
            if (goesLast(a.id().kind()) && !succeeded) {
                late.add(a.id());
            } else {
                take(a.id());
            }
        } else if (!a.equals(b) && (!AlterDdl.inPlace(a, b) || unusedEnum(a, b))) {
            remake(a.id());
        } else if (replaceable(a, b)) {
            replace(a.id());
        } else if (a instanceof TableObject.Column was
                && b instanceof TableObject.Column is
                && ColumnChanges.retyped(was, is)) {
            retyped.add(a.id());
            work.add(a.id());
            held(was);
        } else if (a instanceof UserType.CompositeType was
                && b instanceof UserType.CompositeType is
                && TypeChanges.retypes(was, is)
                && usedByColumn(a.id())) {
            script.cannot(a.id(), "a table stores the type, so its attributes cannot be altered");
        }
    }

    /// Labels cannot be taken away, but where nothing uses the type it can be made anew.
    private boolean unusedEnum(SchemaObject a, SchemaObject b) {
        return a instanceof UserType.EnumType was
                && b instanceof UserType.EnumType is
                && !TypeChanges.kept(was, is)
                && !dependents.containsKey(a.id());
    }

    /// Where only columns of tables and what can be made again hang on it.
    private boolean replaceable(SchemaObject a, SchemaObject b) {
        return a instanceof UserType.EnumType was
                && b instanceof UserType.EnumType is
                && !TypeChanges.kept(was, is)
                && dependents.getOrDefault(a.id(), Set.of()).stream()
                        .allMatch(
                                d ->
                                        after.find(d) == null
                                                || canBeRemade(d.kind())
                                                || d.kind() == Kind.COLUMN
                                                        && before.table(d.relation()) != null);
    }

    private void replace(ObjectId type) {
        replaced.add(type);
        for (var id : Set.copyOf(dependents.getOrDefault(type, Set.of()))) {
            if (after.find(id) == null) {
                take(id);
            } else if (id.kind() == Kind.COLUMN
                    && before.find(id) instanceof TableObject.Column was
                    && after.find(id) instanceof TableObject.Column is) {
                retyped.add(id);
                work.add(id);
                held(was);
                if (!ColumnChanges.retyped(was, is)) {
                    recast.add(id);
                }
            } else {
                remake(id);
            }
        }
    }

    private boolean usedByColumn(ObjectId type) {
        return dependents.getOrDefault(type, Set.of()).stream()
                .anyMatch(d -> d.kind() == Kind.COLUMN && !before.home(d).equals(type));
    }

    /// Types the server refuses to alter.
    private void held(TableObject.Column c) {
        var home = before.home(c.id());
        if (usedByColumn(home)) {
            script.cannot(c.id(), "a column of another table has the type of this table's rows");
        }
        var table = before.table(c.relation());
        if (table != null && table.partitionKey() != null && named(c, table.partitionKey())) {
            partitionKey(table, c);
        }
    }

    private static boolean named(TableObject.Column c, String key) {
        return Pattern.compile("(?<![\\w\"])\"?" + Pattern.quote(c.name()) + "\"?(?![\\w\"])")
                .matcher(key)
                .find();
    }

    private void partitionKey(Relation.Table table, TableObject.Column c) {
        script.cannot(
                table.id(),
                "the type of its partition key %s cannot be altered: make another table and copy"
                                .formatted(c.name())
                        + " the rows");
        for (var parent : table.parents()) {
            var above = before.table(parent);
            if (above != null) {
                partitionKey(above, c);
            }
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
            boolean follows = onlyRetyped && followsType(id.kind()) && !otherKeyType(id, gone);
            if (early.contains(id) || follows) {
                continue;
            }
            if (after.find(id) == null) {
                take(id);
            } else if (canBeRemade(id.kind())) {
                remake(id);
            } else if (!freed(id, gone)
                    && !detached.from(id, gone)
                    && !published.withdrawn(id, gone, early)) {
                script.cannot(id, "it needs " + gone + ", which must be dropped first");
            }
        }
    }

    /// A key stays while its two ends can be compared; between other types it must go first.
    private boolean otherKeyType(ObjectId id, ObjectId column) {
        return before.find(id) instanceof TableObject.Constraint c
                && c.foreignKey() != null
                && before.find(column) instanceof TableObject.Column was
                && after.find(column) instanceof TableObject.Column is
                && (recast.contains(column) || !Widening.comparable(was.type(), is.type()));
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
                    c.parent() == null && (!homeGone || needsAnotherThatGoes(c));
            case TableObject.Constraint c ->
                    !homeGone && c.parent() == null && (c.local() || c.inherited() == 0);
            case TableObject.Index i ->
                    !homeGone && (i.parent() == null || !parentGone(i.parent()));
            case TableObject.Trigger t -> !t.inherited() && (!homeGone || needsAnotherThatGoes(t));
            case TableObject.Policy p -> !homeGone || needsAnotherThatGoes(p);
            case TableObject.Rule r -> !homeGone || needsAnotherThatGoes(r);
            case null, default -> !homeGone;
        };
    }

    /// What it needs may have to go before its own table can.
    private boolean needsAnotherThatGoes(TableObject on) {
        var home = before.home(on.id());
        return before.needs(on.id()).stream()
                .filter(n -> !n.equals(home) && !(n.onRelation() && before.home(n).equals(home)))
                .anyMatch(early::contains);
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
