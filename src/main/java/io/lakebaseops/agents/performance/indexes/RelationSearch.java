package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Finds tables and indexes of a server's main database by words of their names. A suspended
/// compute is not woken for it: then nothing is found.
public final class RelationSearch {
    private static final SqlName NAMED = SqlName.of("indexes/relations_named");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Targets targets;

    public RelationSearch(Targets targets) {
        this.targets = targets;
    }

    /// @param kind `table` or `index`
    /// @param name of the table or the index
    public record Relation(
            String database, String kind, String schema, String table, String name) {}

    private record Row(String kind, String schemaName, String tableName, String objectName) {}

    public List<Relation> named(TargetId target, List<String> words, int most) {
        var deadline = Deadline.in(PATIENCE);
        if (!targets.awake(target, deadline)) {
            return List.of();
        }
        try (var session = targets.read(target, deadline)) {
            var database = session.database();
            return session.query(NAMED, Map.of("words", words, "most", most), Row.class).stream()
                    .map(
                            r ->
                                    new Relation(
                                            database,
                                            r.kind(),
                                            r.schemaName(),
                                            r.tableName(),
                                            r.objectName()))
                    .toList();
        }
    }
}
