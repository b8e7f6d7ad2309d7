package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.NoColdStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real gate over a real state database, for tests that carry plans out as people would.
public final class GateRig implements AutoCloseable {
    public final String stateUrl;
    public final StateDb state;
    public final PlanHistory history;
    public final List<FiledPlan> told = new CopyOnWriteArrayList<>();
    public final PlanDesk desk;

    public GateRig(Targets targets, ControlPlaneAccess planes) {
        this(StateDatabases.fresh("gate").url(), targets, planes);
    }

    /// Over a state database that is there, as a second process does.
    public GateRig(String stateUrl, Targets targets, ControlPlaneAccess planes) {
        this.stateUrl = stateUrl;
        state = StateDb.open(StateSettings.of(stateUrl, Pg17.DBA, Pg17.DBA_PASSWORD));
        history = new PlanHistory(state);
        desk =
                new PlanDesk(
                        state,
                        targets,
                        io.lakebaseops.postgres.SqlLibrary.fromClassPath(),
                        planes,
                        RiskPolicy.standard(),
                        AuditChains.of(state, Clock.systemUTC()),
                        NoColdStore.NONE,
                        told::add,
                        new StepMonitor(targets, StepListener.NOBODY, Thread.ofVirtual()::start),
                        Runnable::run,
                        Clock.systemUTC());
    }

    /// Files it and approves it as a person who read it would.
    public FiledPlan carryOut(ChangePlan plan) {
        var filed = desk.file(plan);
        if (filed.state() == FiledPlan.State.WAITING) {
            Decision decision =
                    desk.approve(
                            filed.id(),
                            filed.fingerprint(),
                            Actor.human("kim"),
                            filed.plan().subject().name(),
                            "reviewed");
            if (decision instanceof Decision.Declined(var reason)) {
                throw new AssertionError(reason);
            }
        }
        return desk.find(filed.id()).orElseThrow();
    }

    public static ToolContext context(TargetId target) {
        return new ToolContext(
                UUID.randomUUID(),
                target,
                Actor.human("ada"),
                TestTargets.deadline(),
                Clock.systemUTC(),
                ToolContext.Progress.SILENT);
    }

    @Override
    public void close() {
        state.close();
    }
}
