package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Keeps vacuums that wait for a quiet hour, in the state database.
public final class PostponedVacuumStore implements PostponedVacuums {
    private final StateDb db;

    public PostponedVacuumStore(StateDb db) {
        this.db = db;
    }

    @Override
    public void add(Postponed vacuum) {
        db.run(
                tx ->
                        tx.update(
                                StateSql.POSTPONED_VACUUM_ADD,
                                Map.of(
                                        "target",
                                        vacuum.target().key(),
                                        "target_json",
                                        StateJson.write(vacuum.target()),
                                        "database",
                                        vacuum.databaseName(),
                                        "schema",
                                        vacuum.schemaName(),
                                        "table",
                                        vacuum.tableName(),
                                        "by",
                                        vacuum.askedBy(),
                                        "not_before",
                                        vacuum.notBefore())));
    }

    @Override
    public List<Postponed> waiting(TargetId target) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.POSTPONED_VACUUMS,
                                Map.of("target", target.key()),
                                Postponed.class));
    }

    @Override
    public List<Postponed> takeDue(Instant now) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.POSTPONED_VACUUMS_DUE,
                                Map.of("now", now),
                                Postponed.class));
    }

    @Override
    public void withdraw(TargetId target, String database, String schema, String table) {
        db.run(
                tx ->
                        tx.update(
                                StateSql.POSTPONED_VACUUM_WITHDRAW,
                                Map.of(
                                        "target",
                                        target.key(),
                                        "database",
                                        database,
                                        "schema",
                                        schema,
                                        "table",
                                        table)));
    }
}
