package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.PostponedVacuums;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Postponed vacuums without a database.
public final class MemoryPostponedVacuums implements PostponedVacuums {
    private final List<Postponed> all = new ArrayList<>();

    @Override
    public synchronized void add(Postponed vacuum) {
        if (all.stream().noneMatch(p -> same(p, vacuum))) {
            all.add(vacuum);
        }
    }

    private static boolean same(Postponed a, Postponed b) {
        return a.target().equals(b.target())
                && a.databaseName().equals(b.databaseName())
                && a.schemaName().equals(b.schemaName())
                && a.tableName().equals(b.tableName());
    }

    @Override
    public synchronized List<Postponed> waiting(TargetId target) {
        return all.stream().filter(p -> p.target().equals(target)).toList();
    }

    @Override
    public synchronized List<Postponed> takeDue(Instant now) {
        var due = all.stream().filter(p -> !p.notBefore().isAfter(now)).toList();
        all.removeAll(due);
        return due;
    }

    @Override
    public synchronized void withdraw(
            TargetId target, String database, String schema, String table) {
        all.removeIf(
                p ->
                        p.target().equals(target)
                                && p.databaseName().equals(database)
                                && p.schemaName().equals(schema)
                                && p.tableName().equals(table));
    }
}
