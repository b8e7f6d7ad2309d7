package io.lakebaseops.app;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Reads the state of an index from the server.
final class IndexStateReader {
    private static final SqlName IDENTITY = SqlName.of("indexes/index_identity");
    private static final Duration LOOK = Duration.ofSeconds(15);

    private IndexStateReader() {}

    /// Its definition; empty when there is no such index.
    static Optional<String> definition(Wiring wiring, TargetId target, Subject index) {
        var database = index.database();
        var schema = index.schema();
        if (database == null || schema == null) {
            return Optional.empty();
        }
        try (var session = wiring.targets().read(target, database, Deadline.in(LOOK))) {
            var rows =
                    session.query(
                            IDENTITY, Map.of("schema_name", schema, "index_name", index.name()));
            return rows.list().stream().map(r -> String.valueOf(r.get("definition"))).findFirst();
        }
    }
}
