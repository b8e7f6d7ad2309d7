package io.lakebaseops.change.approval;

import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.NoColdStore;

import java.time.Clock;
import java.time.Duration;

/// Desks for tests of other packages: they decide on the caller's thread and do not wait long.
public final class PlanDesks {
    private PlanDesks() {}

    public static PlanDesk quick(
            StateDb state,
            Targets targets,
            SqlLibrary sql,
            ControlPlaneAccess planes,
            AuditChain audit,
            PlanListener listener,
            Clock clock,
            Duration apiLimit) {
        return new PlanDesk(
                state,
                targets,
                sql,
                planes,
                RiskPolicy.standard(),
                audit,
                new ArchiveRunner(
                        targets,
                        new ArchivalStore(state, Clock.systemUTC()),
                        NoColdStore.NONE,
                        ArchiveRunner.Moments.UNHEARD),
                listener,
                new StepMonitor(targets, StepListener.NOBODY, Thread::startVirtualThread),
                Runnable::run,
                clock,
                new PlanDesk.Pace(
                        new PostconditionCheck.Patience(
                                3, Duration.ofMillis(100), Duration.ofSeconds(60)),
                        apiLimit));
    }

    /// With a runner of archivals that the test may interrupt.
    public static PlanDesk quick(
            StateDb state,
            Targets targets,
            SqlLibrary sql,
            AuditChain audit,
            ArchiveRunner archives,
            PlanListener listener,
            Clock clock) {
        return new PlanDesk(
                state,
                targets,
                sql,
                _ -> java.util.Optional.empty(),
                RiskPolicy.standard(),
                audit,
                archives,
                listener,
                new StepMonitor(targets, StepListener.NOBODY, Thread::startVirtualThread),
                Runnable::run,
                clock,
                PlanDesk.Pace.STANDARD);
    }
}
