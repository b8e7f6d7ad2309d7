package io.lakebaseops.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.health.sync.LiveSyncMonitor;
import io.lakebaseops.agents.health.sync.PairList;
import io.lakebaseops.agents.health.sync.PairValidator;
import io.lakebaseops.agents.health.sync.RepairPlans;
import io.lakebaseops.agents.health.sync.RunFullSyncValidation;
import io.lakebaseops.agents.health.sync.SyncBoard;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.agents.health.sync.ValidateSyncCompleteness;
import io.lakebaseops.agents.health.sync.ValidateSyncIntegrity;
import io.lakebaseops.app.past.DemoMirrors;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.ConnectionProvider.ConnectionInfo;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.MirrorCatalog;
import io.lakebaseops.lakehouse.delta.LocalMirrorCatalog;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.reconcile.Reconciler;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.SyncPairStore;
import io.lakebaseops.state.SyncPairs;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// The parts that compare tables with their copies in Delta.
final class SyncWiring implements AutoCloseable {
    /// Names another folder of Delta tables, for instance a mounted volume.
    private static final String MIRRORS = "lakebaseops.mirrors";

    private final Lazy<LocalMirrorCatalog> catalog;
    private final DemoMirrors demo;
    private final PairValidator validator;
    private final RepairPlans repairs;
    private final SyncMonitor monitor;
    private final Targets targets;
    private final EventBus events;

    /// @param lakehouse folder of our own lakehouse; copies are looked for beside its tables
    SyncWiring(
            Targets targets,
            SqlLibrary sql,
            Lakehouse history,
            Lazy<StateDb> db,
            EventBus events,
            Path lakehouse,
            ExecutorService background,
            Clock clock) {
        this.targets = targets;
        this.events = events;
        var named = System.getProperty(MIRRORS);
        var root = named == null ? lakehouse.resolve("mirrors") : Path.of(named);
        catalog = new Lazy<>(() -> new LocalMirrorCatalog(root, clock));
        var store = new Lazy<>(() -> new SyncPairStore(db.get())).as(SyncPairs.class);
        var reconciler =
                new Reconciler(targets, sql, catalog.as(MirrorCatalog.class), background, clock);
        var board = new SyncBoard();
        var pairs = new PairList(store, reconciler, targets);
        validator = new PairValidator(reconciler, pairs, board, history);
        repairs = new RepairPlans(targets, sql);
        demo = new DemoMirrors(root, store, history, () -> new Settings(db.get()), clock);
        monitor = new LiveSyncMonitor(pairs, board, repairs, reconciler, history, targets, clock);
    }

    List<Tool<?, ?>> tools() {
        return List.of(
                new ValidateSyncCompleteness(targets, validator),
                new ValidateSyncIntegrity(targets, validator, events),
                new RunFullSyncValidation(targets, validator, repairs, events));
    }

    SyncMonitor monitor() {
        return monitor;
    }

    /// The demo has no pipeline that would make copies; what is made is compared at once.
    void copyDemo(
            TargetId target,
            ConnectionInfo entry,
            String database,
            Supplier<AgentFramework> framework,
            TaskExecutor room,
            Actor person) {
        if (demo.make(target, entry, database)) {
            room.launch(
                    "compare the demo's copies",
                    () ->
                            framework
                                    .get()
                                    .run(
                                            "run_full_sync_validation",
                                            JsonNodeFactory.instance.objectNode(),
                                            target,
                                            person));
        }
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
