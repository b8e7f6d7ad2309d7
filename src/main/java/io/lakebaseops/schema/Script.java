package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Ddl.Statement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The statements as they are gathered, by the stage they belong to.
final class Script {
    enum Stage {
        /// Unties what would go along with something dropped, or would hold it.
        FIRST,
        /// Takes away what stands in the way.
        EARLY,
        MAIN,
        /// Links that need both ends: owned sequences, attached partitions, replica identity.
        LATE,
        /// Keys to partitioned tables, whose index is whole when all parts are attached.
        KEYS,
        /// Takes away what nothing needs any more.
        LAST
    }

    private final Map<Stage, List<Statement>> stages = new EnumMap<>(Stage.class);
    private final Set<ObjectId> blockers = new LinkedHashSet<>();

    void safe(ObjectId subject, String sql, String... hazards) {
        add(Stage.MAIN, Mark.SAFE, subject, sql, hazards);
    }

    void lossy(ObjectId subject, String sql, String... hazards) {
        add(Stage.MAIN, Mark.LOSSY, subject, sql, hazards);
    }

    void late(ObjectId subject, String sql, String... hazards) {
        add(Stage.LATE, Mark.SAFE, subject, sql, hazards);
    }

    /// A step only a person can take. What comes after it in the same object, and in all that hangs
    /// on it, is not given either: see [BlockedSteps].
    void cannot(ObjectId subject, String why) {
        blockers.add(subject);
        remains(subject, why);
    }

    /// A difference that stays, and stands in nobody's way.
    void remains(ObjectId subject, String why) {
        put(Stage.MAIN, new Statement(subject, null, Mark.NOT_DERIVABLE, List.of(why)));
    }

    void add(Stage stage, Mark mark, ObjectId subject, String sql, String... hazards) {
        put(stage, new Statement(subject, sql, mark, List.of(hazards)));
    }

    private void put(Stage stage, Statement statement) {
        stages.computeIfAbsent(stage, _ -> new ArrayList<>()).add(statement);
    }

    Set<ObjectId> blockers() {
        return blockers;
    }

    List<Statement> statements() {
        var all = new ArrayList<Statement>();
        for (var stage : Stage.values()) {
            all.addAll(stages.getOrDefault(stage, List.of()));
        }
        return all;
    }
}
