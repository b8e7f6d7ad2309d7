package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.history.BranchSource;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.PastPoint;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.DataDirectoryPool;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.local.gateway.CertificateAuthority;
import io.lakebaseops.local.gateway.LoginCheck;
import io.lakebaseops.platform.ParentWatch;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerAddresses;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The machine room of one directory: its branches are data directories, its computes are
/// PostgreSQL processes here.
///
/// Layout of the directory: `branches/<uid>/data`, `branches/<uid>/standbys/<endpoint>/data`,
/// `endpoints/<uid>.port`, `sockets/`, `room.lock`, `ca.pem`; what `History` keeps lies in the
/// branch's too.
public final class LocalComputeHost implements ComputeHost {
    private static final Logger LOG = LoggerFactory.getLogger(LocalComputeHost.class);
    private static final Duration TICK = Duration.ofMillis(250);

    private final Path dir;
    private final BranchPlaces places;
    private final RoomDisk disk;
    private final CertificateAuthority authority;
    private final LoginCheck logins;
    private final ComputeHostOptions options;
    private final ComputeMeter meter;
    private final RoomLock roomLock;
    private final ServerAddresses addresses;
    private final PostgresBinaries binaries;
    private final Map<String, Branch> branches = new ConcurrentHashMap<>();
    private final SleepingPasswords sleeping = new SleepingPasswords();
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final DataDirectoryPool spares;
    private final HistoryRetention past;
    private final ScheduledExecutorService ticker;
    private final Optional<ParentWatch> janitor;
    private final Thread shutdownHook;

    /// Takes the directory (refused when another room has it), stops what a crashed room left
    /// running there.
    ///
    /// @param meter told when computes start and stop
    public LocalComputeHost(
            Path dir, LoginCheck logins, ComputeHostOptions options, ComputeMeter meter) {
        this.meter = meter;
        this.dir = dir.toAbsolutePath().normalize();
        this.places = new BranchPlaces(this.dir.resolve(BranchPlaces.BRANCHES));
        this.disk = new RoomDisk(places.dir());
        this.logins = logins;
        this.options = options;
        try {
            Files.createDirectories(places.dir());
            Files.createDirectories(this.dir.resolve("endpoints"));
            this.roomLock = RoomLock.take(this.dir);
            this.authority = CertificateAuthority.in(this.dir);
            this.addresses =
                    options.hosting().addresses(this.dir, authority::writeServerCertificate);
            this.binaries = PostgresBinaries.unpacked(options.cacheDir());
            this.spares = new DataDirectoryPool(binaries, options.hosting());
            this.past = new HistoryRetention(branches, spares);
            for (String uid : places.left(options.hosting(), options.stopTimeout())) {
                branches.put(uid, adopt(uid));
            }
        } catch (IOException e) {
            throw new ComputeException("Machine room cannot be opened in " + dir, e);
        }
        this.ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("machine-room-tick").factory());
        var _ =
                ticker.scheduleWithFixedDelay(
                        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        this.janitor = OrphanReaper.waiting(OrphanReaper.Charge.ROOM, this.dir);
        this.shutdownHook = new Thread(this::stopAll, "machine-room-shutdown");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    @Override
    public void createRoot(String branchUid, String owner, double maxCu) {
        Path template = TemplateCluster.dataDir(binaries, options.hosting());
        Branch branch = make(branchUid, fresh -> spares.root(fresh.resolve("data")));
        branch.expect(ServerSettings.sized(maxCu, Map.of()));
        try {
            new BranchRoles(branch).makeOwner(owner, options.signalBackend(), options.maintain());
            HistoryRetention.firstBase(branch, template);
        } catch (ComputeException e) {
            drop(branchUid); // a root without its owner is of no use
            throw e;
        }
    }

    @Override
    public String fork(String sourceBranchUid, String branchUid) {
        Branch source = branch(sourceBranchUid);
        AtomicReference<Lsn> lsn = new AtomicReference<>(new Lsn(0));
        make(
                branchUid,
                fresh -> {
                    Lsn copied = source.copyTo(fresh.resolve("data"));
                    new BranchSource(sourceBranchUid, copied, Instant.now()).write(fresh);
                    lsn.set(copied);
                });
        return Objects.requireNonNull(lsn.get()).toString();
    }

    @Override
    public Optional<String> pastObstacle(String sourceBranchUid, PastPoint point) {
        return past.obstacle(branch(sourceBranchUid), point);
    }

    @Override
    public String restore(String sourceBranchUid, String branchUid, PastPoint point) {
        Branch source = branch(sourceBranchUid);
        AtomicReference<Lsn> lsn = new AtomicReference<>(new Lsn(0));
        make(
                branchUid,
                fresh -> {
                    ServerAddress address = addresses.address(branchUid, fresh.resolve("data"));
                    Restore restore = new Restore(fresh, address, binaries, options);
                    past.fill(source, point, restore.dataDir());
                    Lsn end = restore.run(point);
                    new BranchSource(sourceBranchUid, end, Instant.now()).write(fresh);
                    lsn.set(end);
                });
        return Objects.requireNonNull(lsn.get()).toString();
    }

    @Override
    public void tendHistory(String branchUid, Instant keepFrom) {
        past.tend(branch(branchUid), keepFrom);
    }

    private Branch make(String branchUid, BranchPlaces.Filler filler) {
        if (branches.containsKey(branchUid)) {
            throw new ComputeException("Branch " + branchUid + " exists already");
        }
        places.make(branchUid, filler);
        Branch branch = adopt(branchUid);
        branches.put(branchUid, branch);
        return branch;
    }

    @Override
    public void drop(String branchUid) {
        endpoints.forEach(
                (uid, endpoint) -> {
                    if (endpoint.spec().branchUid().equals(branchUid)) {
                        closeEndpoint(uid);
                    }
                });
        sleeping.forget(branchUid);
        Branch branch = branches.remove(branchUid);
        if (branch != null) {
            branch.delete();
        }
    }

    @Override
    public long logicalSizeBytes(String branchUid) {
        Branch branch = branch(branchUid);
        return branch.running() ? new BranchRoles(branch).bytes() : branch.fileBytes();
    }

    @Override
    public void openEndpoint(EndpointSpec spec) {
        ServerSettings.of(spec); // refuses bad settings before a port is opened
        Branch branch = branch(spec.branchUid());
        try {
            Endpoint endpoint =
                    new Endpoint(
                            spec,
                            spec.readOnly() ? standby(branch, spec.endpointUid()) : branch,
                            portFile(spec.endpointUid()),
                            authority,
                            logins,
                            meter,
                            disk::advice);
            Endpoint before = endpoints.putIfAbsent(spec.endpointUid(), endpoint);
            if (before != null) {
                endpoint.gateway().close();
                throw new ComputeException("Endpoint " + spec.endpointUid() + " is open already");
            }
            if (!spec.disabled()) {
                endpoint.start();
            }
            if (!spec.readOnly()) {
                standbysFollow(spec.branchUid());
            }
        } catch (IOException e) {
            throw new ComputeException("Port of " + spec.endpointUid() + " cannot be opened", e);
        }
    }

    @Override
    public void updateEndpoint(EndpointSpec spec) {
        endpoint(spec.endpointUid()).update(spec);
        if (!spec.readOnly()) {
            standbysFollow(spec.branchUid());
        }
    }

    private void standbysFollow(String branchUid) {
        for (Endpoint endpoint : endpoints.values()) {
            if (endpoint.spec().branchUid().equals(branchUid)) {
                endpoint.followPrimary();
            }
        }
    }

    @Override
    public void closeEndpoint(String endpointUid) {
        Endpoint endpoint = endpoints.remove(endpointUid);
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Override
    public void dropEndpoint(String branchUid, String endpointUid) {
        closeEndpoint(endpointUid);
        standby(branch(branchUid), endpointUid).delete();
        forgetPort(endpointUid);
    }

    @Override
    public void forgetPort(String endpointUid) {
        try {
            Files.deleteIfExists(portFile(endpointUid));
        } catch (IOException e) {
            throw new ComputeException("Port of " + endpointUid + " cannot be given up", e);
        }
    }

    private Standby standby(Branch branch, String endpointUid) {
        Path home = Standby.home(places.of(branch.uid()), endpointUid);
        return new Standby(
                endpointUid,
                home,
                branch,
                addresses.address(endpointUid, home.resolve("data")),
                binaries,
                spares,
                options);
    }

    private Path portFile(String endpointUid) {
        return dir.resolve("endpoints").resolve(endpointUid + ".port");
    }

    @Override
    public EndpointStatus status(String endpointUid) {
        return endpoint(endpointUid).status();
    }

    @Override
    public void createRole(String branchUid, RoleSpec role) {
        new BranchRoles(branch(branchUid)).create(role);
    }

    @Override
    public void alterRole(String branchUid, RoleSpec role) {
        new BranchRoles(branch(branchUid)).alter(role);
    }

    @Override
    public void dropRole(String branchUid, String roleName, @Nullable String reassignOwnedTo) {
        new BranchRoles(branch(branchUid)).drop(roleName, reassignOwnedTo);
    }

    @Override
    public List<RoleSpec> roles(String branchUid) {
        return new BranchRoles(branch(branchUid)).roles();
    }

    @Override
    public boolean passwordFits(String branchUid, String role, String password) {
        return sleeping.fits(branch(branchUid), role, password);
    }

    @Override
    public void forgetPasswords(String branchUid) {
        new BranchRoles(branch(branchUid)).forgetPasswords();
    }

    @Override
    public void createDatabase(String branchUid, DatabaseSpec database) {
        new BranchRoles(branch(branchUid)).createDatabase(database);
    }

    @Override
    public void alterDatabase(String branchUid, String databaseName, DatabaseSpec wanted) {
        new BranchRoles(branch(branchUid)).alterDatabase(databaseName, wanted);
    }

    @Override
    public void dropDatabase(String branchUid, String databaseName) {
        new BranchRoles(branch(branchUid)).dropDatabase(databaseName);
    }

    @Override
    public List<DatabaseSpec> databases(String branchUid) {
        return new BranchRoles(branch(branchUid)).databases();
    }

    /// Gives or takes the two rights of `databricks_superuser` that the platform does not promise.
    public void rights(String branchUid, boolean signalBackend, boolean maintain) {
        new BranchRoles(branch(branchUid)).rights(signalBackend, maintain);
    }

    @Override
    public Faults faults(String endpointUid) {
        return new EndpointFaults(endpoint(endpointUid), disk);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is shutting down already");
        }
        ticker.shutdownNow();
        spares.close();
        stopAll();
        try {
            addresses.delete();
            roomLock.close();
        } catch (IOException e) {
            throw new ComputeException("Machine room in " + dir + " did not close", e);
        }
    }

    private void stopAll() {
        try (var stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            endpoints.keySet().forEach(uid -> stoppers.execute(() -> closeEndpoint(uid)));
        }
        try (var stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            branches.values().forEach(branch -> stoppers.execute(branch::stop));
        }
        janitor.ifPresent(ParentWatch::close);
    }

    private void tick() {
        Instant now = Instant.now();
        try {
            disk.keepFull();
            endpoints.values().forEach(endpoint -> endpoint.suspendIfIdle(now));
            branches.values().forEach(branch -> branch.stopIfForgotten(now));
        } catch (RuntimeException e) { // boundary: a failed tick must not end the schedule
            LOG.warn("Idle check failed", e);
        }
    }

    private Branch adopt(String uid) {
        Path place = places.of(uid);
        ServerAddress address = addresses.address(uid, place.resolve("data"));
        return Branch.primary(uid, place, address, binaries, spares, options);
    }

    Branch branch(String uid) {
        Branch branch = branches.get(uid);
        if (branch == null) {
            throw new ComputeException("No branch " + uid + " in this room");
        }
        return branch;
    }

    private Endpoint endpoint(String uid) {
        Endpoint endpoint = endpoints.get(uid);
        if (endpoint == null) {
            throw new ComputeException("No endpoint " + uid + " is open in this room");
        }
        return endpoint;
    }
}
