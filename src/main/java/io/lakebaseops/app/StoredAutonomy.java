package io.lakebaseops.app;

import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.settings.AutonomyDesk;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy;
import io.lakebaseops.state.Autonomy.AsksFirst;
import io.lakebaseops.state.Autonomy.LeftAlone;
import io.lakebaseops.state.AutonomyStore;
import io.lakebaseops.state.StateDb;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// What agents may do without asking, in the state database.
final class StoredAutonomy implements AutonomyDesk {
    private final Supplier<StateDb> db;
    private final SettingChanges changes;
    private final Clock clock;

    StoredAutonomy(Supplier<StateDb> db, SettingChanges changes, Clock clock) {
        this.db = db;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Autonomy read() {
        return db.get().tx(AutonomyStore::read);
    }

    @Override
    public void byItself(RoutineAct act, boolean on, Actor by) {
        changes.inState(
                by,
                List.of(
                        new Change(
                                "'%s' by itself".formatted(act.title()),
                                on ? "off" : "on",
                                on ? "on" : "off")),
                tx -> {
                    if (on) {
                        AutonomyStore.byItself(tx, act);
                    } else {
                        AutonomyStore.askFirst(tx, new AsksFirst(act, by.name(), clock.instant()));
                    }
                });
    }

    @Override
    public void leaveAlone(LeftAlone table, Actor by) {
        changes.inState(
                by,
                List.of(change(table, null, table.reason())),
                tx -> AutonomyStore.leaveAlone(tx, table));
    }

    @Override
    public void proposeAgain(LeftAlone table, Actor by) {
        changes.inState(
                by,
                List.of(change(table, table.reason(), null)),
                tx -> AutonomyStore.proposeAgain(tx, table));
    }

    private static Change change(LeftAlone table, @Nullable String before, @Nullable String after) {
        return new Change(
                "Leaving %s on %s alone".formatted(table.table(), table.target()), before, after);
    }
}
