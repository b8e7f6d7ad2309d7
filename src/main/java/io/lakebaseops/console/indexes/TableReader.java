package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.console.Messages;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Reads the indexes of one table from its server, or says why they could not be read. Blocking.
final class TableReader {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Targets targets;
    private final Supplier<Instant> now;

    TableReader(Targets targets, Supplier<Instant> now) {
        this.targets = targets;
        this.now = now;
    }

    /// @param wake whether a suspended compute may be woken for it
    TableView read(TargetId target, String database, String schema, String name, boolean wake) {
        var at = now.get();
        var deadline = Deadline.in(PATIENCE);
        try {
            if (!wake && !targets.awake(target, deadline)) {
                return new TableView.Unread(
                        database, schema, name, at, Messages.of("indexes.asleep"), true);
            }
            try (var session = targets.read(target, database, deadline)) {
                var matrix = TableMatrix.read(session, schema, name);
                return matrix == null
                        ? new TableView.Unread(
                                database,
                                schema,
                                name,
                                at,
                                Messages.of("indexes.no.table", database),
                                false)
                        : new TableView.Read(matrix);
            }
        } catch (OpsException e) {
            return new TableView.Unread(
                    database, schema, name, at, e.what() + ": " + e.why(), false);
        }
    }
}
