package io.lakebaseops.app;

import io.lakebaseops.cli.OpenedTargets;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.ConnectionsFile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.local.DemoProgress;
import io.lakebaseops.local.LocalLakebase;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.postgres.ConnectionProviders;
import io.lakebaseops.postgres.JdbcConnectionProvider;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.tunnel.SshTunnels;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/// The connection profiles and the providers behind them. Profiles are opened when first chosen;
/// the profile `local` is the Local Lakebase of this user, started or attached to.
final class Connections implements ControlPlaneAccess, ConnectionProviders, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    static final String LOCAL = "local";

    /// The profile of the one server named by its URL.
    private static final String URL = "url";

    private static final Duration LOOK_UP = Duration.ofSeconds(20);

    private final Home home;
    private final Clock clock;
    private final ExecutorService background;
    private final ProfileSecrets secrets;
    private final SshTunnels tunnels;
    private final Map<String, ConnectionProfile> openedFrom = new ConcurrentHashMap<>();
    private final Map<String, ConnectionProvider> doors = new ConcurrentHashMap<>();
    private final Map<String, ControlPlane> planes = new ConcurrentHashMap<>();
    private final Lazy<LocalLakebase> local;

    Connections(Home home, LocalOptions options, Clock clock, ExecutorService background) {
        this.home = home;
        this.clock = clock;
        this.background = background;
        secrets = new ProfileSecrets(home.dir(), System.getenv(), background);
        tunnels =
                new SshTunnels(
                        Path.of(System.getProperty("user.home"), ".ssh"),
                        home.dir().resolve("secrets.known_hosts"));
        local =
                new Lazy<>(
                        () ->
                                LocalLakebase.attachOrStart(
                                        options.withDir(home.local()).withLake(home.lakehouse())));
    }

    ProfileSecrets secrets() {
        return secrets;
    }

    /// A profile is opened when something first asks for it; that asks no server yet, except that
    /// `local` starts or attaches to Local Lakebase.
    @Override
    public Optional<ConnectionProvider> door(String profile) {
        // Without the lock: the other servers are read while Local Lakebase takes its seconds.
        var known = doors.get(profile);
        return known != null ? Optional.of(known) : opened(profile);
    }

    private synchronized Optional<ConnectionProvider> opened(String profile) {
        if (!doors.containsKey(profile)) {
            if (profile.equals(LOCAL)) {
                openLocal();
            } else {
                content().profiles().stream()
                        .filter(p -> p.name().equals(profile))
                        .findFirst()
                        .ifPresent(this::open);
            }
        }
        return Optional.ofNullable(doors.get(profile));
    }

    @Override
    public Map<String, ConnectionProvider> opened() {
        return Map.copyOf(doors);
    }

    /// So that the console lists and watches them all.
    ///
    /// @return why profiles could not be opened: one of them never costs the others
    List<String> openAll() {
        var content = content();
        var troubles = new ArrayList<>(content.troubles());
        for (var profile : content.profiles()) {
            try {
                door(profile.name());
            } catch (RuntimeException e) { // boundary: whatever a driver or an SDK throws
                log.warn("Profile {} is not opened", profile.name(), e);
                troubles.add("Profile " + profile.name() + ": " + e.getMessage());
            }
        }
        return troubles;
    }

    /// Local Lakebase as well, where it runs; none is started for it.
    OpenedTargets openAll(PooledTargets targets) {
        var troubles = openAll();
        if (LocalLakebase.runs(home.local())) {
            door(LOCAL);
        }
        return new OpenedTargets(targets.known(), troubles);
    }

    /// Nothing loads where Local Lakebase was not asked for.
    DemoProgress demo() {
        return local.wasMade() ? local.get().demo() : DemoProgress.none();
    }

    /// The branch of the demo's shop, where Local Lakebase was asked for and has it; another
    /// process may run the server.
    Optional<TargetId> demoTarget() {
        if (!local.wasMade() || demo().phase() == DemoProgress.Phase.FAILED) {
            return Optional.empty();
        }
        var target = profile(LOCAL, LocalLakebase.DEMO_BRANCH);
        return gone(target).isEmpty() ? Optional.of(target) : Optional.empty();
    }

    /// The target of a former start, if its profile is still there. Asks no server.
    Optional<TargetId> remembered(@Nullable String key) {
        var parts = key == null ? new String[0] : key.split("/", 3);
        if (parts.length < 3 || parts[0].equals(LOCAL) || door(parts[0]).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(profile(parts[0], parts[1] + "/" + parts[2]));
    }

    LocalLakebase local() {
        door(LOCAL);
        return local.get();
    }

    @Override
    public Optional<ControlPlane> of(TargetId target) {
        door(target.profile());
        return Optional.ofNullable(planes.get(target.profile()));
    }

    /// Why the target is gone for good; empty when it is there, or nobody here can tell.
    Optional<String> gone(TargetId target) {
        var profile = target.profile();
        boolean always = profile.equals(LOCAL) || profile.equals(URL);
        var content = content();
        if (!always && content.profiles().stream().noneMatch(p -> p.name().equals(profile))) {
            // An entry that cannot be read may be it; in a database that a team shares it may well
            // be the profile of somebody else.
            return !content.troubles().isEmpty() || StateDatabaseLocator.shared()
                    ? Optional.empty()
                    : Optional.of("the connection profile %s was removed".formatted(profile));
        }
        var plane = planes.get(profile);
        if (plane == null || target.plain()) {
            return Optional.empty();
        }
        return plane.branch(target.project(), target.branch(), Deadline.in(LOOK_UP)).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "branch %s of project %s is not there any more"
                                .formatted(target.branch(), target.project()));
    }

    TargetId target(TargetChoice choice) {
        return switch (choice) {
            case TargetChoice.Local(var branch) -> profile(LOCAL, branch);
            case TargetChoice.Url(var jdbc) -> {
                var door = JdbcConnectionProvider.ofUrl(URL, jdbc, null, () -> null);
                doors.put(URL, door);
                yield door.target();
            }
            case TargetChoice.Profile(var name, var branch) -> profile(name, branch);
        };
    }

    /// The target one looks at when a profile alone is named; of a workspace it is asked.
    TargetId first(String profile) {
        return profile(profile, null);
    }

    /// The first plain server of the file; asks nobody.
    Optional<TargetId> firstServer() {
        return content().profiles().stream()
                .map(p -> door(p.name()).orElse(null))
                .filter(JdbcConnectionProvider.class::isInstance)
                .map(d -> ((JdbcConnectionProvider) d).target())
                .findFirst();
    }

    /// Is nothing known of any server yet?
    boolean none() {
        var content = content();
        return content.profiles().isEmpty()
                && content.troubles().isEmpty()
                && !Files.exists(home.dir().resolve("local"));
    }

    private TargetId profile(String name, @Nullable String branch) {
        var door = door(name).orElseThrow(() -> unknown(name));
        return door instanceof JdbcConnectionProvider plain
                ? plain.target()
                : branchOf(name, branch);
    }

    private void openLocal() {
        var server = local.get();
        lakebase(
                LOCAL,
                SdkControlPlane.ofHost(server.host(), server::token, background),
                server.ca());
    }

    private void lakebase(String name, ControlPlane plane, @Nullable Path authority) {
        planes.put(name, plane);
        doors.put(name, new LakebaseConnectionProvider(name, plane, clock, authority));
    }

    private void open(ConnectionProfile profile) {
        var name = profile.name();
        var connector = connector(secrets, false);
        connector.server(profile).ifPresent(door -> doors.put(name, door));
        connector
                .workspace(profile)
                .ifPresent(
                        plane ->
                                lakebase(
                                        name,
                                        plane,
                                        profile instanceof ConnectionProfile.Lakebase p
                                                ? p.authority()
                                                : null));
        openedFrom.put(name, profile);
    }

    /// @param asked a person waits for it
    ProfileConnector connector(SecretStore from, boolean asked) {
        return new ProfileConnector(
                from,
                (name, secret) -> secrets.put(name, secret, ProfileSecrets.Place.FILE),
                tunnels,
                background,
                asked);
    }

    SshTunnels tunnels() {
        return tunnels;
    }

    ConnectionsFile file() {
        return new ConnectionsFile(home.dir());
    }

    /// Closes what changed or went in the file and opens what is new. A file that cannot be read as
    /// a whole closes nothing that it does not name.
    ///
    /// @return the profiles that are other ones now
    synchronized Reloaded reload() {
        var content = content();
        var now = new HashMap<String, ConnectionProfile>();
        content.profiles().forEach(p -> now.put(p.name(), p));
        var changed = new ArrayList<String>();
        var gone = new ArrayList<String>();
        Map.copyOf(openedFrom)
                .forEach(
                        (name, before) -> {
                            var after = now.get(name);
                            boolean lost = after == null && content.troubles().isEmpty();
                            if (lost || after != null && !after.equals(before)) {
                                doors.remove(name);
                                planes.remove(name);
                                openedFrom.remove(name);
                                (lost ? gone : changed).add(name);
                            }
                        });
        for (var profile : content.profiles()) {
            if (!doors.containsKey(profile.name()) && !changed.contains(profile.name())) {
                changed.add(profile.name());
            }
        }
        return new Reloaded(changed, gone, openAll());
    }

    /// @param troubles what of the file cannot be opened
    record Reloaded(List<String> changed, List<String> gone, List<String> troubles) {
        Reloaded {
            changed = List.copyOf(changed);
            gone = List.copyOf(gone);
            troubles = List.copyOf(troubles);
        }
    }

    /// What a secret that changed is needed for is opened anew.
    synchronized void reopen(String profile) {
        doors.remove(profile);
        planes.remove(profile);
        openedFrom.remove(profile);
    }

    private ConnectionsFile.Content content() {
        try {
            return file().read();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection profiles cannot be read", e);
        }
    }

    /// It may stand in what of the file could not be read.
    private OpsException unknown(String name) {
        var file = home.dir().resolve(ConnectionsFile.NAME);
        var troubles = content().troubles();
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Profile " + name,
                troubles.isEmpty()
                        ? "there is none of this name"
                        : "there is none of this name in what could be read: "
                                + String.join("; ", troubles),
                (troubles.isEmpty() ? "add it to " : "correct ") + file);
    }

    /// @param wanted `branch`, `project/branch`, or null for the first project's default branch
    private TargetId branchOf(String profile, @Nullable String wanted) {
        var deadline = Deadline.in(LOOK_UP);
        var plane = planes.get(profile);
        if (wanted != null && wanted.contains("/")) {
            var parts = wanted.split("/", 2);
            return new TargetId(profile, parts[0], parts[1]);
        }
        var projects = plane == null ? List.<ControlPlane.Project>of() : plane.projects(deadline);
        if (projects.isEmpty()) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Profile " + profile,
                    "its workspace has no project we may see",
                    "create one, or ask for the right to use it");
        }
        var project = projects.getFirst();
        return new TargetId(
                profile, project.id(), wanted == null ? leaf(project.defaultBranch()) : wanted);
    }

    private static String leaf(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    @Override
    public void close() throws Exception {
        tunnels.close();
        local.close();
    }
}
