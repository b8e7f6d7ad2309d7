package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Ddl.Statement;
import io.lakebaseops.schema.ObjectId.Kind;
import io.lakebaseops.schema.Script.Stage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Puts the statements of a diff into an order in which they run: obstacles are dropped first,
/// latest dependents first; then objects are made and altered; then what nothing needs any more is
/// dropped.
final class ScriptGenerator {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Script script = new Script();

    ScriptGenerator(DatabaseSchema before, DatabaseSchema after) {
        this.before = MovedExtensions.moved(before, after);
        this.after = after;
    }

    Ddl ddl() {
        var obstacles = new Obstacles(before, after, script);
        removals(obstacles);
        makings(obstacles);
        leftovers(obstacles);
        var unreadable = new TreeMap<>(before.unreadable());
        unreadable.putAll(after.unreadable());
        unreadable.forEach((id, why) -> script.cannot(id, "it could not be read: " + why));
        var statements =
                new ArrayList<>(new BlockedSteps(before, after, obstacles).without(script));
        RenameHints.add(statements, before, after);
        foremost(statements, this::aboutMove);
        if (statements.stream().anyMatch(s -> isRoutine(s.subject()) && s.sql() != null)) {
            var id = ObjectId.of(Kind.NAMESPACE, before.database());
            statements.addFirst(
                    new Statement(
                            id,
                            "SET check_function_bodies = off",
                            Mark.SAFE,
                            List.of("bodies may name what is made later")));
        }
        foremost(statements, TypeChanges::addsLabel);
        return new Ddl(statements);
    }

    /// Nothing else may come before them, and they need nothing of the rest.
    private static void foremost(List<Statement> statements, Predicate<Statement> which) {
        var first = statements.stream().filter(which).toList();
        statements.removeIf(which);
        statements.addAll(0, first);
    }

    /// An extension that moves, and the schema it moves into: all else is said in the new names.
    private boolean aboutMove(Statement s) {
        return s.sql() != null
                && before.all(TopLevelObject.Extension.class)
                        .filter(e -> MovedExtensions.moves(e, before, after))
                        .map(e -> (TopLevelObject.Extension) after.find(e.id()))
                        .filter(Objects::nonNull)
                        .anyMatch(
                                e ->
                                        s.subject().equals(e.id())
                                                || s.subject()
                                                        .equals(
                                                                ObjectId.of(
                                                                        Kind.NAMESPACE,
                                                                        e.schema())));
    }

    private static boolean isRoutine(ObjectId id) {
        return id.kind() == Kind.ROUTINE;
    }

    private void removals(Obstacles obstacles) {
        var removal = new DropDdl(before, after, script);
        var order = new DependencyOrder(before).order(obstacles.early());
        for (var id : order.reversed()) {
            boolean remade = obstacles.remade().contains(id);
            if (obstacles.mustBeSaid(id)) {
                removal.of(Objects.requireNonNull(before.find(id)), Stage.EARLY, remade);
            }
        }
    }

    private void leftovers(Obstacles obstacles) {
        var removal = new DropDdl(before, after, script);
        for (var id : new DependencyOrder(before).order(obstacles.late()).reversed()) {
            removal.of(Objects.requireNonNull(before.find(id)), Stage.LAST, false);
        }
    }

    private void makings(Obstacles obstacles) {
        var remade = obstacles.remade();
        var untied = obstacles.untied();
        var creation = new CreateDdl(before, after, script);
        var alteration = new AlterDdl(before, after, script);
        var enums = new EnumReplacement(after, script);
        var recast = obstacles.recast();
        recast.forEach(
                id -> enums.untie((TableObject.Column) Objects.requireNonNull(before.find(id))));
        var touched = new LinkedHashSet<ObjectId>(untied.keySet());
        touched.addAll(recast);
        touched.removeIf(id -> after.find(id) == null);
        for (var b : after.objects().values()) {
            if (!b.equals(before.find(b.id())) || remade.contains(b.id())) {
                touched.add(b.id());
            }
        }
        for (var id : new DependencyOrder(after).order(touched)) {
            var a = untied.getOrDefault(id, before.find(id));
            var b = Objects.requireNonNull(after.find(id));
            if (a == null || remade.contains(id)) {
                // The columns of a new table are part of its statement.
                if (id.kind() != Kind.COLUMN || before.find(after.home(id)) != null) {
                    creation.of(b);
                }
            } else if (b instanceof UserType.EnumType e && obstacles.replaced().contains(id)) {
                enums.type(e, creation);
            } else {
                alteration.between(a, b);
                if (b instanceof TableObject.Column c && recast.contains(id)) {
                    enums.column(c, recast);
                }
            }
        }
        creation.identities();
    }
}
