package io.lakebaseops.console.settings;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy;
import io.lakebaseops.state.Autonomy.LeftAlone;

/// What agents may do without asking: read, and narrowed by people. Everything blocks and is called
/// in the background; each change has its entry in the audit chain.
public interface AutonomyDesk {
    Autonomy read();

    /// @param on false: plans of this kind are filed for approval from now on
    void byItself(RoutineAct act, boolean on, Actor by);

    void leaveAlone(LeftAlone table, Actor by);

    void proposeAgain(LeftAlone table, Actor by);
}
