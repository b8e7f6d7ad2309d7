package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.List;

/// Tables whose vacuum waits for a quiet hour of their server, kept across restarts.
public interface PostponedVacuums {
    /// @param notBefore when the quiet hours begin
    record Postponed(
            TargetId target,
            String databaseName,
            String schemaName,
            String tableName,
            String askedBy,
            Instant notBefore) {}

    /// A table that waits already keeps its place.
    void add(Postponed vacuum);

    List<Postponed> waiting(TargetId target);

    /// Takes those whose time has come off the list: nobody else gets them.
    List<Postponed> takeDue(Instant now);

    void withdraw(TargetId target, String database, String schema, String table);
}
