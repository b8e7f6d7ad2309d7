package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Ddl.Statement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the statements out of a script that make sense only together with a step that a person
/// must take: half of such a change fails, or leaves the database worse than it was.
final class BlockedSteps {
    private final DatabaseSchema before;
    private final DatabaseSchema after;
    private final Obstacles obstacles;
    private final Map<ObjectId, Set<ObjectId>> dependents = new HashMap<>();
    private final Map<ObjectId, ObjectId> waitsFor = new LinkedHashMap<>();

    BlockedSteps(DatabaseSchema before, DatabaseSchema after, Obstacles obstacles) {
        this.before = before;
        this.after = after;
        this.obstacles = obstacles;
    }

    List<Statement> without(Script script) {
        var all = script.statements();
        if (script.blockers().isEmpty()) {
            return all;
        }
        var subjects = new HashSet<ObjectId>();
        all.stream().filter(s -> s.sql() != null).forEach(s -> subjects.add(s.subject()));
        for (var id : subjects) {
            before.needs(id).forEach(n -> link(n, id));
            after.needs(id).forEach(n -> link(n, id));
            if (id.onRelation()) {
                link(before.home(id), id);
                link(after.home(id), id);
            }
        }
        spread(script.blockers(), subjects);
        var kept = new ArrayList<Statement>();
        var told = new HashSet<>(script.blockers());
        for (var s : all) {
            var blocker = s.sql() == null ? null : waitsFor.get(s.subject());
            if (blocker == null) {
                kept.add(s);
            } else if (told.add(s.subject())) {
                kept.add(waiting(s.subject(), blocker));
            }
        }
        return kept;
    }

    private static Statement waiting(ObjectId subject, ObjectId blocker) {
        return new Statement(
                subject,
                null,
                Mark.NOT_DERIVABLE,
                List.of("waits for " + blocker + ": compare again when that is done"));
    }

    private void link(ObjectId needed, ObjectId dependent) {
        dependents.computeIfAbsent(needed, _ -> new HashSet<>()).add(dependent);
    }

    private void spread(Set<ObjectId> blockers, Set<ObjectId> subjects) {
        var work = new ArrayDeque<ObjectId>();
        for (var id : blockers) {
            waitsFor.put(id, id);
            work.add(id);
        }
        while (!work.isEmpty()) {
            var id = work.pop();
            var next = new HashSet<>(dependents.getOrDefault(id, Set.of()));
            // What it still holds cannot be dropped or altered either.
            before.needs(id).stream().filter(obstacles::moves).forEach(next::add);
            if (id.onRelation()) {
                next.addAll(
                        subjects.contains(before.home(id)) && obstacles.moves(before.home(id))
                                ? Set.of(before.home(id))
                                : Set.of());
            }
            for (var n : next) {
                if (waitsFor.putIfAbsent(n, waitsFor.get(id)) == null) {
                    work.add(n);
                }
            }
        }
    }
}
