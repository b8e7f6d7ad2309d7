package io.lakebaseops.app;

import io.lakebaseops.agents.health.archival.ArchivalPlans;
import io.lakebaseops.agents.health.archival.ArchiveBoard;
import io.lakebaseops.agents.health.archival.ColdLooks;
import io.lakebaseops.agents.health.archival.StoredArchiveBoard;
import io.lakebaseops.agents.health.archival.UnifiedQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.Archivals;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;

import java.time.Clock;
import java.util.function.Supplier;

/// Wires what the archive screen stands on.
final class ArchiveWiring {
    private ArchiveWiring() {}

    /// @param db opened at the first use
    static Archivals archivals(Supplier<StateDb> db, Clock clock) {
        return new Lazy<>(() -> new ArchivalStore(db.get(), clock)).as(Archivals.class);
    }

    static ArchiveBoard board(
            Supplier<StateDb> db,
            Archivals archivals,
            Targets targets,
            SqlLibrary sql,
            Lakehouse lakehouse,
            PastDeeds past,
            Clock clock) {
        return new StoredArchiveBoard(
                new ColdLooks(() -> new Settings(db.get())),
                archivals,
                new ArchivalPlans(sql, clock),
                new UnifiedQuery(targets, sql, lakehouse, archivals),
                past);
    }
}
