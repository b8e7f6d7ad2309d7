package io.lakebaseops.console.indexes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.agents.performance.indexes.IndexSetFiling;
import io.lakebaseops.agents.performance.indexes.IndexTwin;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.console.ConsoleRuntime;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.PerformanceServices;
import io.lakebaseops.console.TwinPlans;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentSupervisor;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.PlanEvents;
import io.lakebaseops.framework.StandardAgents;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolRunner;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.IdleIndexStore;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexAdviceStore;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSummaryStore;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTwin;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The Indexes screen over a real server, a real gate and the real analysis: what the screen shows
/// besides is that of the invented shop.
final class IndexRig implements AutoCloseable {
    final GateRig gate;
    final ConsoleServices services;
    final FakeLakehouse lake = new FakeLakehouse();
    final TargetId target;
    private final String name;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TaskExecutor room = TaskExecutor.open(Clock.systemUTC());
    final TestTwin twin = TestTwin.open();
    final IndexAdvice advice;
    private final OrderedEventBus bus = new OrderedEventBus(room);
    private final ToolRunner runner;
    private final AgentSupervisor agents;

    IndexRig(Pg17.Database database, Path dir) {
        var clock = Clock.systemUTC();
        name = database.name();
        gate =
                GateRig.on(
                        StateDatabases.fresh("index_screen").url(),
                        ToolRig.of(database),
                        plan -> {
                            bus.publish(PlanEvents.changed(plan, clock.instant()));
                            PlanEvents.indexesChanged(plan, clock.instant())
                                    .ifPresent(bus::publish);
                        },
                        _ -> Optional.empty());
        target = gate.tools().test().target();
        var findings = new FindingStore(gate.state());
        var summaries = new IndexSummaryStore(gate.state());
        advice = new IndexAdviceStore(gate.state());
        var catalog =
                new ToolCatalog(
                        List.of(
                                new RunFullIndexAnalysis(
                                        gate.tools().targets(),
                                        gate.tools().sql(),
                                        new IdleIndexStore(gate.state()),
                                        summaries,
                                        lake,
                                        new IndexTwin(twin.twin(), gate.tools().sql(), advice))));
        runner =
                new ToolRunner(
                        catalog, room, clock, findings, gate.desk(), List.of(), bus, _ -> {});
        var shop = new FakeShop();
        agents = new AgentSupervisor(StandardAgents.of(catalog), runner, bus, room);
        agents.start();
        var fake = shop.services(threads, dir.resolve("memory.json"));
        var performance = fake.performance();
        var runtime = fake.runtime();
        services =
                new ConsoleServices(
                        runner,
                        shop.jobs,
                        bus,
                        gate.desk(),
                        new StoredPlanQueue(gate.state()),
                        fake.audit(),
                        findings,
                        fake.titles(),
                        gate.tools().targets(),
                        fake.generated(),
                        fake.provisioning(),
                        new PerformanceServices(
                                summaries,
                                advice,
                                performance.vacuum(),
                                performance.postponed(),
                                performance.trials(),
                                twins(),
                                performance.statements(),
                                performance.waits(),
                                performance.plans(),
                                new IndexUsageHistory(lake),
                                performance.sampling(),
                                performance.fixes()),
                        fake.health(),
                        fake.ask(),
                        fake.settings(),
                        new ConsoleRuntime(
                                runtime.watch(),
                                runtime.runningWork(),
                                threads,
                                clock,
                                runtime.staleAfter(),
                                runtime.user(),
                                () -> target,
                                List.of(),
                                runtime.memory(),
                                runtime.connections()));
    }

    private TwinPlans twins() {
        var planning =
                new IndexPlanning(
                        gate.tools().targets(),
                        gate.tools().sql(),
                        new IdleIndexStore(gate.state()),
                        lake,
                        new IndexTwin(twin.twin(), gate.tools().sql(), advice),
                        Clock.systemUTC());
        return new TwinPlans() {
            @Override
            public Work<IndexPlanning.Answer> start(TargetId of, Finding finding, Actor actor) {
                return room.start(
                        TaskSpec.of(
                                "Planner twin",
                                Patience.LONG,
                                scope -> planning.of(of, finding, actor, scope.deadline())));
            }

            @Override
            public Work<IndexSetFiling.Filed> file(TargetId of, IndexSet set, Actor actor) {
                return room.start(
                        TaskSpec.of(
                                "File the set",
                                Patience.LONG,
                                scope ->
                                        new IndexSetFiling(
                                                        gate.tools().targets(),
                                                        gate.tools().sql(),
                                                        gate.desk(),
                                                        advice,
                                                        Clock.systemUTC())
                                                .file(set, of, actor, scope.deadline())));
            }

            @Override
            public void forget() {
                planning.forget();
            }
        };
    }

    /// As the schedule does; nothing is filed when `ratio` finds nothing new.
    void analyse() {
        var report =
                runner.run(
                        IndexesViewModel.ANALYSIS,
                        JsonNodeFactory.instance.objectNode(),
                        target,
                        Actor.agent("performance"));
        if (report.error() != null) {
            throw new AssertionError(report.error());
        }
    }

    /// Looks and stores what is found, and files nothing: so a person can.
    void look() {
        var tool =
                (RunFullIndexAnalysis)
                        runner.catalog().find(IndexesViewModel.ANALYSIS).orElseThrow();
        var found =
                ToolRig.found(
                        tool.run(
                                new RunFullIndexAnalysis.Input(7, 2.0, 50),
                                gate.tools().context(Actor.agent("performance"))));
        services.findings()
                .reconcile(target, mine(found.findings()), found.coversKinds(), Instant.now());
    }

    /// The server has databases of other tests.
    private List<Finding> mine(List<Finding> all) {
        return all.stream().filter(f -> name.equals(f.subject().database())).toList();
    }

    @Override
    public void close() {
        try (agents;
                bus) {
            threads.close();
        }
        room.close();
        twin.close();
        gate.close();
    }
}
