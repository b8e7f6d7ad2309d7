package io.lakebaseops.agents;

import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.NoColdStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.Undoing;

import java.time.Clock;
import java.util.Optional;

/// The real gate over a real state database, for plans as tools make them. Plans run on the
/// caller's thread, as the role without superuser.
public record GateRig(ToolRig tools, StateDb state, PlanDesk desk) implements AutoCloseable {
    private static final Actor PERSON = Actor.human("kim");

    public static GateRig of(Pg17.Database database) {
        return of(ToolRig.of(database), PlanListener.NOBODY, _ -> Optional.empty());
    }

    public static GateRig of(ToolRig tools, PlanListener listener, ControlPlaneAccess planes) {
        return on(StateDatabases.fresh("tool_state").url(), tools, listener, planes);
    }

    /// @param stateUrl of a database that is empty
    public static GateRig on(
            String stateUrl, ToolRig tools, PlanListener listener, ControlPlaneAccess planes) {
        var clock = Clock.systemUTC();
        var state = StateDb.open(StateSettings.of(stateUrl, Pg17.DBA, Pg17.DBA_PASSWORD));
        var test = tools.test();
        var desk =
                new PlanDesk(
                        state,
                        test.targets(),
                        test.sql(),
                        planes,
                        RiskPolicy.standard(),
                        AuditChains.of(state, clock),
                        NoColdStore.NONE,
                        listener,
                        new StepMonitor(test.targets(), StepListener.NOBODY, test.threads()),
                        Runnable::run,
                        clock);
        return new GateRig(tools, state, desk);
    }

    /// Files the plan and, when it waits for a person, approves it as the screen would.
    public FiledPlan carryOut(ChangePlan plan) {
        var filed = desk.file(plan);
        if (filed.state() == FiledPlan.State.WAITING) {
            desk.approve(
                    filed.id(),
                    filed.fingerprint(),
                    PERSON,
                    plan.subject().name(),
                    "tests ask for it");
        }
        return found(filed);
    }

    public FiledPlan undo(FiledPlan plan) {
        Undoing.of(desk, plan.id(), PERSON, "back, please");
        return found(plan);
    }

    public FiledPlan found(FiledPlan plan) {
        return desk.find(plan.id()).orElseThrow();
    }

    @Override
    public void close() {
        tools.close();
        state.close();
    }
}
