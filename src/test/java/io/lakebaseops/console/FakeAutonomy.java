package io.lakebaseops.console;

import io.lakebaseops.console.settings.AutonomyDesk;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy;
import io.lakebaseops.state.Autonomy.AsksFirst;
import io.lakebaseops.state.Autonomy.LeftAlone;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What agents may do without asking, in memory.
public final class FakeAutonomy implements AutonomyDesk {
    public final List<AsksFirst> asking = new CopyOnWriteArrayList<>();
    public final List<LeftAlone> leftAlone = new CopyOnWriteArrayList<>();

    @Override
    public Autonomy read() {
        return new Autonomy(asking, leftAlone);
    }

    @Override
    public void byItself(RoutineAct act, boolean on, Actor by) {
        asking.removeIf(a -> a.act() == act);
        if (!on) {
            asking.add(new AsksFirst(act, by.name(), FakeShop.NOW));
        }
    }

    @Override
    public void leaveAlone(LeftAlone table, Actor by) {
        leftAlone.add(table);
    }

    @Override
    public void proposeAgain(LeftAlone table, Actor by) {
        leftAlone.remove(table);
    }
}
