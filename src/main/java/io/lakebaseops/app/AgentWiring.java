package io.lakebaseops.app;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.AgentSupervisor;
import io.lakebaseops.framework.CronJobScheduler;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.PlanEvents;
import io.lakebaseops.framework.StandardAgents;
import io.lakebaseops.framework.StandardJobs;
import io.lakebaseops.framework.StateJobs;
import io.lakebaseops.framework.StateRuns;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolRunner;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.ToolRunStore;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// Wires what runs tools: the runner, the scheduler of the jobs, and the agents that react to
/// events.
final class AgentWiring implements AutoCloseable {
    private final Lazy<ToolRunner> framework;
    private final Lazy<CronJobScheduler> jobs;
    private final Lazy<AgentSupervisor> agents;

    /// @param person whose runs of jobs these are
    AgentWiring(
            Supplier<ToolCatalog> catalog,
            Supplier<StateDb> state,
            Supplier<ApprovalDesk> desk,
            Targets targets,
            EventBus events,
            TaskExecutor room,
            Supplier<String> person,
            Clock clock) {
        framework =
                new Lazy<>(
                        () ->
                                new ToolRunner(
                                        catalog.get(),
                                        room,
                                        clock,
                                        new FindingStore(state.get()),
                                        desk.get(),
                                        List.of(PlanEvents.indexRecommendations(clock)),
                                        events,
                                        new StateRuns(new ToolRunStore(state.get()))));
        jobs =
                new Lazy<>(
                        () ->
                                new CronJobScheduler(
                                        StandardJobs.of(catalog.get()),
                                        framework.get(),
                                        targets::known,
                                        targets::awake,
                                        new StateJobs(new JobRunStore(state.get()), person.get()),
                                        room,
                                        room,
                                        clock));
        agents =
                new Lazy<>(
                        () ->
                                new AgentSupervisor(
                                        StandardAgents.of(catalog.get()),
                                        framework.get(),
                                        events,
                                        room));
    }

    AgentFramework framework() {
        return framework.get();
    }

    JobScheduler jobs() {
        return jobs.get();
    }

    /// From now on agents react to events.
    void start() {
        agents.get().start();
    }

    /// First what starts runs, then what reacts to them.
    @Override
    public void close() throws Exception {
        try (agents) {
            jobs.close();
        }
    }
}
