package io.lakebaseops.app;

import io.lakebaseops.agents.performance.maintenance.LiveVacuumMonitor;
import io.lakebaseops.agents.performance.maintenance.VacuumMonitor;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.PostponedVacuumStore;
import io.lakebaseops.state.PostponedVacuums;
import io.lakebaseops.state.StateDb;

import java.time.Clock;

/// The parts about vacuum: what screens read, and the vacuums that wait for a quiet hour.
final class VacuumWiring {
    private final Lazy<LiveVacuumMonitor> monitor;
    private final Lazy<PostponedVacuumStore> postponed;
    private final Clock clock;

    VacuumWiring(
            Targets targets, Lazy<? extends Lakehouse> history, Lazy<StateDb> db, Clock clock) {
        this.clock = clock;
        monitor = new Lazy<>(() -> new LiveVacuumMonitor(targets, history.get(), clock));
        postponed = new Lazy<>(() -> new PostponedVacuumStore(db.get()));
    }

    VacuumMonitor monitor() {
        return monitor.as(VacuumMonitor.class);
    }

    PostponedVacuums postponed() {
        return postponed.as(PostponedVacuums.class);
    }

    void start(AgentFramework framework, TaskExecutor room) {
        new PostponedVacuumJob(this::postponed, framework, clock).start(room);
    }
}
