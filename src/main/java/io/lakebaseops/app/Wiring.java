package io.lakebaseops.app;

import io.lakebaseops.agents.health.monitoring.LiveHealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.provisioning.branching.BranchLedger;
import io.lakebaseops.agents.provisioning.migration.MigrationLedger;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.cli.Demo;
import io.lakebaseops.cli.LocalUp;
import io.lakebaseops.cli.OpenedTargets;
import io.lakebaseops.cli.Services;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.AgentSupervisor;
import io.lakebaseops.framework.CronJobScheduler;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.PlanEvents;
import io.lakebaseops.framework.StandardAgents;
import io.lakebaseops.framework.StandardJobs;
import io.lakebaseops.framework.StateJobs;
import io.lakebaseops.framework.StateRuns;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolRunner;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.AlertStore;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.Archivals;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateRetention;
import io.lakebaseops.state.ToolRunStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Makes the parts of the product and hands them to each other. Everything is made here, by hand,
/// and what needs a server only when first used.
final class Wiring implements Services, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    /// How old data may get on a screen before it is called stale: two live rounds and a bit.
    private static final Duration STALE_AFTER = Duration.ofSeconds(12);

    private final Home home;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final SqlLibrary sql = SqlLibrary.fromClassPath();
    private final TaskExecutor room = TaskExecutor.open(clock);
    private final OrderedEventBus events = new OrderedEventBus(room);
    private final Connections connections;
    private final PooledTargets targets;
    private final HealthWiring health;
    private final BranchWiring branches;
    private final StateDatabaseLocator statePlace;
    private final Lazy<StateDb> db;
    private final Lazy<LocalLakehouse> lakehouse;
    private final Lazy<ToolCatalog> catalog;
    private final PlanWiring plans;
    private final Lazy<ToolRunner> framework;
    private final Lazy<CronJobScheduler> jobs;
    private final Lazy<AgentSupervisor> roster;
    private final TrialWiring trying;
    private final AuditWiring audit;

    Wiring(Home home, LocalOptions local) {
        this.home = home;
        connections = new Connections(home, local, clock, background);
        targets = new PooledTargets(connections, sql, background, clock);
        statePlace = new StateDatabaseLocator(home);
        db = new Lazy<>(statePlace::open);
        lakehouse = new Lazy<>(this::openLakehouse);
        catalog = new Lazy<>(this::makeCatalog);
        audit =
                new AuditWiring(
                        home,
                        statePlace.database(),
                        connections.secrets(),
                        db::get,
                        lakehouse::get,
                        clock);
        branches = new BranchWiring(db::get, this::approvals);
        plans =
                new PlanWiring(
                        db::get,
                        targets,
                        sql,
                        lakehouse.as(Lakehouse.class),
                        connections,
                        audit,
                        this::branchLedger,
                        this::migrationLedger,
                        archivals(),
                        alerts(),
                        events,
                        room,
                        background,
                        clock);
        framework = new Lazy<>(this::makeFramework);
        health =
                new HealthWiring(
                        targets,
                        lakehouse.as(Lakehouse.class),
                        this::alerts,
                        this::framework,
                        events,
                        room,
                        target -> connections.of(target).isPresent(),
                        clock);
        jobs = new Lazy<>(this::makeJobs);
        roster = new Lazy<>(this::makeRoster);
        trying =
                new TrialWiring(
                        targets, sql, connections, plans.lazyDesk(), db::get, events, clock);
    }

    /// With all its tables, so that whoever comes first can append.
    private LocalLakehouse openLakehouse() {
        var lake = LocalLakehouse.open(home.lakehouse(), clock);
        lake.ensureTables(OpsTables.ALL);
        return lake;
    }

    private ToolCatalog makeCatalog() {
        return Toolbox.catalog(
                targets,
                sql,
                lakehouse.as(Lakehouse.class),
                connections,
                health.board(),
                alerts(),
                db,
                events,
                home.snapshots(),
                health.sampler()::burst,
                branches.pullRequests(),
                branches.created(clock),
                branches.brokenResets(),
                trying.earlierMigrations(),
                trying.trials());
    }

    private BranchLedger branchLedger() {
        return branches.ledger(lakehouse.as(Lakehouse.class), events, clock, connections);
    }

    private MigrationLedger migrationLedger() {
        return trying.migrationLedger();
    }

    private ToolRunner makeFramework() {
        return new ToolRunner(
                catalog(),
                room,
                clock,
                new FindingStore(db.get()),
                approvals(),
                List.of(PlanEvents.indexRecommendations(clock)),
                events,
                new StateRuns(new ToolRunStore(db.get())));
    }

    private CronJobScheduler makeJobs() {
        return new CronJobScheduler(
                StandardJobs.of(catalog()),
                framework(),
                targets::known,
                targets::awake,
                new StateJobs(new JobRunStore(db.get()), person().name()),
                room,
                room,
                clock);
    }

    private AgentSupervisor makeRoster() {
        return new AgentSupervisor(StandardAgents.of(catalog()), framework(), events, room);
    }

    ExecutorService background() {
        return background;
    }

    void aside(String name, Runnable work) {
        room.launch(name, work);
    }

    /// Puts the agents on duty: reactions to events, and the watch over plans left half-way.
    void startAgents() {
        roster.get().start();
        audit.start(room);
        StateRetentionJob.of(
                        () -> new JobRunStore(db.get()),
                        () -> new StateRetention(db.get()),
                        audit::chain,
                        audit::clock)
                .start(room);
        HistoryMaintenanceJob.of(
                        () -> new JobRunStore(db.get()),
                        lakehouse::get,
                        person().name(),
                        home.lakehouse(),
                        () -> clock)
                .start(room);
        room.launch("sweep trials", trying::afterCrash);
        plans.start(room);
        branches.expiryKeeper(
                        targets::known, lakehouse.as(Lakehouse.class), events, clock, connections)
                .start(room);
        new PullRequestJob(targets::known, branches.pullRequests(), framework()).start(room);
    }

    /// @param troubles what of the connection profiles could not be opened
    ConsoleServices consoleServices(List<String> troubles) {
        return new ConsoleServices(
                framework(),
                jobs(),
                events,
                approvals(),
                new StoredPlanQueue(db.get()),
                audit(),
                new FindingStore(db.get()),
                alerts(),
                health.board(),
                targets,
                MetricDefinitions.standard(),
                new StatementStatistics(lakehouse.as(Lakehouse.class)),
                new WaitHistory(lakehouse.as(Lakehouse.class), health.sampler()),
                health.sampler()::state,
                health::look,
                room::running,
                background,
                clock,
                STALE_AFTER,
                person().name(),
                () -> connections.target(new TargetChoice.Local(null)),
                troubles,
                home.window());
    }

    @Override
    public ToolCatalog catalog() {
        return catalog.get();
    }

    @Override
    public AgentFramework framework() {
        return framework.get();
    }

    @Override
    public ApprovalDesk approvals() {
        return plans.desk();
    }

    @Override
    public AuditLog audit() {
        return audit.chain();
    }

    @Override
    public JobScheduler jobs() {
        return jobs.get();
    }

    StateDb state() {
        return db.get();
    }

    Archivals archivals() {
        return new Lazy<>(() -> new ArchivalStore(db.get(), clock)).as(Archivals.class);
    }

    Alerts alerts() {
        return new Lazy<>(() -> new AlertStore(db.get())).as(Alerts.class);
    }

    /// Measures the target every few seconds and notices its loss in between, until closed.
    Ticker.Ticking watch(TargetId target) {
        return health.watch(target);
    }

    void watchAll() {
        health.watchAll();
    }

    LiveHealthBoard board() {
        return health.board();
    }

    PooledTargets targets() {
        return targets;
    }

    Connections connections() {
        return connections;
    }

    /// For a command: it asks a shop that is there, not one that is still being filled.
    @Override
    public TargetId target(TargetChoice choice) {
        var target = connections.target(choice);
        if (target.profile().equals(Connections.LOCAL)) {
            InitialJobRun.awaitData(connections);
        }
        return target;
    }

    @Override
    public OpenedTargets openAll() {
        return connections.openAll(targets);
    }

    @Override
    public Actor person() {
        return ProcessActor.of(System.getProperty("user.name"), System.getenv());
    }

    @Override
    public LocalUp localUp() {
        return new LocalForeground(home.local());
    }

    @Override
    public Demo demo() {
        return new DemoLauncher();
    }

    /// From the top down: first what starts work, then what work stands on.
    @Override
    public void close() {
        for (var part :
                List.<AutoCloseable>of(
                        health,
                        jobs,
                        roster,
                        plans,
                        events,
                        room,
                        lakehouse,
                        targets,
                        db,
                        statePlace,
                        connections,
                        background)) {
            try {
                part.close();
            } catch (Exception e) { // boundary: one part that will not close must not keep others
                log.warn("A part did not close", e);
            }
        }
    }
}
