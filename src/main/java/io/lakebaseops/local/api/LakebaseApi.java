package io.lakebaseops.local.api;

import io.lakebaseops.local.api.http.ApiServer;
import io.lakebaseops.local.api.http.FaultPlan;
import io.lakebaseops.local.api.http.Guard;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.ProjectRow;
import io.lakebaseops.local.api.state.UnityRules;
import io.lakebaseops.local.api.state.Workspace;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.api.work.BranchLifecycle;
import io.lakebaseops.local.api.work.Computes;
import io.lakebaseops.local.api.work.HistoryKeeper;
import io.lakebaseops.local.api.work.OperationDelay;
import io.lakebaseops.local.api.work.OperationRunner;
import io.lakebaseops.local.api.work.Recovery;
import io.lakebaseops.local.api.work.SerialExecutors;
import io.lakebaseops.local.api.work.Sizes;
import io.lakebaseops.local.api.work.Sweeper;
import io.lakebaseops.local.billing.BillingClock;
import io.lakebaseops.local.billing.UsageFiles;
import io.lakebaseops.local.billing.UsageMeter;
import io.lakebaseops.local.compute.ComputeHost;
import io.lakebaseops.local.compute.ComputeMeter;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.gateway.LoginCheck;
import io.lakebaseops.local.warehouse.SqlWarehouse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/// The parts of a running control plane, wired by hand. Everything is wired here by hand: memory,
/// machine room, operations, resource families, server.
public final class LakebaseApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LakebaseApi.class);
    private static final int SWEEPS_PER_HISTORY = 10;

    private final Workspace workspace;
    private final ComputeHost room;
    private final SerialExecutors lanes = new SerialExecutors();
    private final Sweeper sweeper;
    private final HistoryKeeper history;
    private final BillingClock billing;
    private final SqlWarehouse warehouse;
    private final ApiServer server;

    /// @param dir holds `state.json`; must exist
    /// @param port 0 picks a free one
    /// @param durable whether a change has reached the disk before it is answered
    /// @param lake Delta tables that the SQL warehouse shows; null = none
    public record Options(
            Path dir,
            int port,
            String token,
            String user,
            Clock clock,
            Limits limits,
            OperationDelay pace,
            boolean durable,
            @Nullable Path lake) {
        static final String WORKSPACE_ID = "1700000000000017";
    }

    /// @param rooms builds the machine room around the login check and the meter
    public LakebaseApi(Options options, BiFunction<LoginCheck, ComputeMeter, ComputeHost> rooms) {
        Clock clock = options.clock();
        this.workspace = new Workspace(options.dir(), options.durable());
        UsageFiles usage = new UsageFiles(options.dir());
        UsageMeter meter = new UsageMeter(options.dir(), usage, clock, this::projectOfBranch);
        this.room = rooms.apply(new Logins(workspace, clock, this::passwordFits), meter);
        this.billing = new BillingClock(meter, this::spaces);
        OperationRunner operations = new OperationRunner(workspace, lanes, options.pace(), clock);
        Computes computes = new Computes(room, workspace, lanes, options.pace());
        ApiContext plane =
                new ApiContext(
                        workspace,
                        room,
                        operations,
                        computes,
                        new Sizes(room),
                        clock,
                        options.limits(),
                        options.user());
        BranchLifecycle life = new BranchLifecycle(plane);
        Recovery recovery = new Recovery(plane, life);
        recovery.run();
        Projects projects = new Projects(plane, life);
        Branches branches = new Branches(plane, life);
        BranchDeletion ends = new BranchDeletion(plane, life, branches);
        Router router = new Router();
        FaultPlan faults = new FaultPlan();
        faults.addTo(router);
        Guard guard = new Guard(options.token());
        new Identity(options.user(), Options.WORKSPACE_ID, this::host).addTo(router);
        new OAuth(guard, options.user(), this::host).addTo(router);
        operations.addTo(router);
        projects.addTo(router);
        branches.addTo(router);
        new Imports(plane, life, branches).addTo(router);
        ends.addTo(router);
        new Endpoints(plane).addTo(router);
        new Roles(plane).addTo(router);
        new Databases(plane).addTo(router);
        new Credentials(plane).addTo(router);
        new Catalogs(plane).addTo(router);
        new UnityCatalogApi(plane).addTo(router);
        new Groups(plane).addTo(router);
        this.warehouse =
                new SqlWarehouse(
                        options.dir(),
                        usage,
                        options.lake(),
                        billing::catchUp,
                        () -> plane.read(s -> UnityRules.seesSystemTables(s, options.user())),
                        this::host,
                        options.user(),
                        clock);
        warehouse.addTo(router);
        try {
            this.server = new ApiServer(options.port(), router, guard, faults);
        } catch (UncheckedIOException e) {
            lanes.close();
            room.close();
            warehouse.close();
            throw e;
        }
        recovery.reopen();
        billing.start();
        this.sweeper =
                new Sweeper(
                        plane,
                        name -> ends.delete(name, false),
                        name -> ends.delete(name, true),
                        name -> projects.delete(name, true));
        sweeper.start(options.pace().sweep());
        this.history = new HistoryKeeper(plane);
        history.start(options.pace().sweep().multipliedBy(SWEEPS_PER_HISTORY));
    }

    private Optional<String> projectOfBranch(String branchUid) {
        return workspace.read(
                s ->
                        s.branches().values().stream()
                                .filter(b -> b.uid().equals(branchUid))
                                .map(b -> s.projects().get(Names.parent(b.name())))
                                .filter(Objects::nonNull)
                                .map(ProjectRow::uid)
                                .findFirst());
    }

    /// Of the branches that are there; one whose size cannot be told now is left out.
    private List<UsageMeter.Space> spaces() {
        List<UsageMeter.Space> spaces = new ArrayList<>();
        for (BranchRow branch : workspace.read(s -> List.copyOf(s.branches().values()))) {
            Optional<String> project = projectOfBranch(branch.uid());
            if (branch.state() == BranchRow.State.READY && project.isPresent()) {
                try {
                    long bytes = room.logicalSizeBytes(branch.uid());
                    spaces.add(new UsageMeter.Space(project.get(), branch.uid(), bytes));
                } catch (ComputeException e) {
                    LOG.warn("the space of {} is not billed this hour", branch.name(), e);
                }
            }
        }
        return spaces;
    }

    private boolean passwordFits(String branchUid, String role, String password) {
        return room.passwordFits(branchUid, role, password);
    }

    public int port() {
        return server.port();
    }

    /// Base address, `http://127.0.0.1:PORT`.
    public String host() {
        return "http://127.0.0.1:" + port();
    }

    /// Faults of the endpoint with this full name.
    public ComputeHost.Faults faults(String endpoint) {
        return room.faults(workspace.read(s -> s.endpoint(endpoint).uid()));
    }

    /// Stops answering, then the background work, then every compute. What was under way is ended
    /// at the next start, exactly as after a crash.
    @Override
    public void close() {
        workspace.freeze();
        server.close();
        sweeper.close();
        history.close();
        lanes.close();
        warehouse.close();
        billing.close();
        room.close();
    }
}
