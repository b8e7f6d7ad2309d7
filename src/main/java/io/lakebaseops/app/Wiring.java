package io.lakebaseops.app;

import io.lakebaseops.agents.provisioning.branching.BranchLedger;
import io.lakebaseops.agents.provisioning.migration.MigrationLedger;
import io.lakebaseops.app.past.DemoPast;
import io.lakebaseops.ask.model.Answers;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.cli.LocalUp;
import io.lakebaseops.cli.OpenedTargets;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.guard.ReadSql;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.notify.Notifications;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.AlertStore;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Makes the parts of the product by hand and joins them; what needs a server, at its first use.
final class Wiring extends CommandWiring implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private static final Duration DEMO_LOGIN = Duration.ofSeconds(20);

    final Home home;
    final Clock clock = Clock.systemUTC();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final SqlLibrary sql = SqlLibrary.fromClassPath();
    final TaskExecutor room = TaskExecutor.open(clock);
    final OrderedEventBus events = new OrderedEventBus(room);
    private final Connections connections;
    private final PooledTargets targets;
    final HealthWiring health;
    private final ConnectionsDesk desk;
    final BranchWiring branches;
    final StateDatabaseLocator statePlace;
    private final Lazy<StateDb> db;
    final Lazy<LocalLakehouse> lakehouse;
    private final Lazy<ToolCatalog> catalog;
    final AskWiring asking = new AskWiring(this);
    private final PlanWiring plans;
    private final AgentWiring agents;
    final TrialWiring trying;
    final AuditWiring audit;
    private final SyncWiring sync;
    final VacuumWiring vacuums;
    final NotificationWiring notifications;
    final DemoPast past;

    Wiring(Home home, LocalOptions local) {
        this.home = home;
        connections = new Connections(home, local, clock, background);
        targets =
                new PooledTargets(
                        connections,
                        sql,
                        background,
                        clock,
                        (target, took) ->
                                new WakeRecorder(history(), background, clock).woke(target, took));
        desk = new ConnectionsDesk(connections, targets, sql, events, background, clock);
        statePlace = new StateDatabaseLocator(home);
        db = new Lazy<>(statePlace::open);
        lakehouse = new Lazy<>(() -> LocalHistory.open(home, clock));
        vacuums = new VacuumWiring(targets, lakehouse, db, clock);
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
                        history(),
                        connections,
                        audit,
                        this::branchLedger,
                        this::migrationLedger,
                        ArchiveWiring.archivals(db::get, clock),
                        alerts(),
                        this::health,
                        events,
                        room,
                        background,
                        clock);
        sync =
                new SyncWiring(
                        targets,
                        sql,
                        history(),
                        db,
                        events,
                        home.lakehouseFolder(),
                        background,
                        clock);
        agents =
                new AgentWiring(
                        this::catalog,
                        db::get,
                        this::approvals,
                        targets,
                        events,
                        room,
                        () -> person().name(),
                        clock);
        notifications =
                new NotificationWiring(
                        home.dir(), connections.secrets(), this::alerts, db::get, room, clock);
        health =
                new HealthWiring(
                        targets,
                        history(),
                        this::alerts,
                        db::get,
                        this::framework,
                        events,
                        room,
                        target -> connections.of(target).isPresent(),
                        clock);
        past =
                new DemoPast(
                        targets,
                        history(),
                        () -> new Settings(db.get()),
                        clock.instant(),
                        background);
        trying =
                new TrialWiring(
                        targets, sql, connections, plans.lazyDesk(), db::get, events, home, clock);
    }

    @Override
    public Answers answers() {
        return asking.answers();
    }

    private ToolCatalog makeCatalog() {
        return Toolbox.catalog(
                targets,
                sql,
                history(),
                connections,
                health,
                alerts(),
                db,
                events,
                home.snapshots(),
                new LocalServerLogs(home::local, connections)::of,
                branches.pullRequests(),
                branches.created(clock),
                branches.brokenResets(),
                trying.earlierMigrations(),
                trying.trials(),
                trying.indexTwin(),
                asking.plain(),
                trying.tests(),
                sync.tools());
    }

    private BranchLedger branchLedger() {
        return branches.ledger(history(), events, clock, connections);
    }

    private MigrationLedger migrationLedger() {
        return trying.migrationLedger();
    }

    private Lakehouse history() {
        return lakehouse.as(Lakehouse.class);
    }

    @Override
    public ExecutorService background() {
        return background;
    }

    void aside(String name, Runnable work) {
        room.launch(name, work);
    }

    /// Puts the agents on duty: reactions to events, and the watch over plans left half-way.
    void startAgents() {
        agents.start();
        audit.start(room);
        DailyJobs.start(
                db::get, lakehouse::get, audit, person().name(), home.lakehouse(), clock, room);
        trying.start(room);
        room.launch("remove leftovers", () -> NativeLeftovers.removeTemporary(clock.instant()));
        plans.start(room);
        branches.expiryKeeper(targets::known, history(), events, clock, connections).start(room);
        vacuums.start(framework(), room);
        notifications.start(room, events);
        desk.start(room);
        new PullRequestJob(targets::known, branches.pullRequests(), framework()).start(room);
    }

    @Override
    ConsoleServices consoleServices(List<String> troubles) {
        return new ConsoleWiring(this, db::get, history(), sql, clock)
                .services(
                        Stream.concat(troubles.stream(), notifications().troubles().stream())
                                .toList());
    }

    @Override
    public Notifications notifications() {
        return notifications.channels();
    }

    @Override
    public ToolCatalog catalog() {
        return catalog.get();
    }

    @Override
    public AgentFramework framework() {
        return agents.framework();
    }

    @Override
    public ReadSql readSql() {
        return new ReadSql(targets, ReadCaps.USUAL);
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
        return agents.jobs();
    }

    ConnectionsDesk desk() {
        return desk;
    }

    StateDb state() {
        return db.get();
    }

    Alerts alerts() {
        return new Lazy<>(() -> new AlertStore(db.get())).as(Alerts.class);
    }

    /// Measures the target as for a person who looks at it, until closed.
    Ticker.Ticking look(TargetId target) {
        return health.look(target);
    }

    void watchAll() {
        health.watchAll();
    }

    private HealthWiring health() {
        return health;
    }

    SyncWiring sync() {
        return sync;
    }

    PooledTargets targets() {
        return targets;
    }

    Connections connections() {
        return connections;
    }

    /// Gives the demo its past once its shop is filled; a server that is none has no part in it.
    DemoPast.Made makePast() {
        var target = connections.demoTarget().orElse(null);
        if (target == null) {
            return DemoPast.Made.NOTHING;
        }
        var door = connections.door(target.profile()).orElseThrow();
        var database = door.defaultDatabase(target);
        var made = past.make(target, door.entry(target, Deadline.in(DEMO_LOGIN)), database);
        // The first password may have ended while the past was made.
        var entry = door.entry(target, Deadline.in(DEMO_LOGIN));
        sync.copyDemo(target, entry, database, this::framework, room, person());
        if (made.rows() > 0) {
            health.historyChanged(target);
        }
        return made;
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
    public LocalUp localUp() {
        return new LocalForeground(home.local());
    }

    /// From the top down: first what starts work, then what work stands on.
    @Override
    public void close() {
        for (var part :
                List.<AutoCloseable>of(
                        notifications,
                        health,
                        agents,
                        plans,
                        events,
                        room,
                        trying,
                        lakehouse,
                        sync,
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
