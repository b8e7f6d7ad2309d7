package io.lakebaseops.console.settings;

import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy.LeftAlone;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Narrows what agents may do without asking, at once and in the name of the person at the screen.
final class AutonomyModel {
    private final SettingsViewModel owner;
    private final AutonomyDesk desk;

    AutonomyModel(SettingsViewModel owner, AutonomyDesk desk) {
        this.owner = owner;
        this.desk = desk;
    }

    void byItself(RoutineAct act, boolean on) {
        change(() -> desk.byItself(act, on, owner.session().actor()));
    }

    void leaveAlone(String table, String reason, @Nullable Instant until) {
        var session = owner.session();
        var by = session.actor();
        var left =
                new LeftAlone(
                        session.target().key(), table, reason, by.name(), session.now(), until);
        change(() -> desk.leaveAlone(left, by));
    }

    void proposeAgain(LeftAlone table) {
        change(() -> desk.proposeAgain(table, owner.session().actor()));
    }

    private void change(Runnable change) {
        owner.work(
                () -> {
                    change.run();
                    return change;
                },
                _ -> {});
    }
}
