package io.lakebaseops.app;

import io.lakebaseops.config.ConnectionDraft;
import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.connect.FoundPlace;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakebase.WorkspaceCheck;
import io.lakebaseops.postgres.ConnectionCheck;
import io.lakebaseops.postgres.JdbcConnectionProvider;
import io.lakebaseops.postgres.PassFile;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/// Connections found, tested, kept and removed for the console; what is changed here, or in the
/// file by hand, is opened or closed at once.
final class ConnectionsDesk implements ConnectionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsDesk.class);

    /// How soon a profile that was changed by hand is another one here.
    private static final Duration LOOK_AT_FILE = Duration.ofSeconds(2);

    private final Connections connections;
    private final PooledTargets targets;
    private final SqlLibrary sql;
    private final EventBus events;
    private final ExecutorService background;
    private final Clock clock;
    private final FoundOnMachine machine;
    private volatile long seen;

    ConnectionsDesk(
            Connections connections,
            PooledTargets targets,
            SqlLibrary sql,
            EventBus events,
            ExecutorService background,
            Clock clock) {
        this.connections = connections;
        this.targets = targets;
        this.sql = sql;
        this.events = events;
        this.background = background;
        this.clock = clock;
        machine =
                new FoundOnMachine(
                        Path.of(System.getProperty("user.home")), System.getenv(), background);
        seen = connections.file().stamp();
    }

    @Override
    public List<FoundPlace> found() {
        return machine.look();
    }

    @Override
    public Saved saved() {
        try {
            var content = connections.file().read();
            return new Saved(
                    content.profiles().stream().map(p -> new Line(p, condition(p.name()))).toList(),
                    content.troubles());
        } catch (IOException e) {
            throw new UncheckedIOException("The connection profiles cannot be read", e);
        }
    }

    /// The worst of its targets that something was asked of; asks no server.
    private @Nullable TargetCondition condition(String profile) {
        return targets.lastKnown(profile).stream()
                .map(targets::condition)
                .min(java.util.Comparator.comparing(TargetCondition::answers))
                .orElse(null);
    }

    @Override
    public boolean hasKeychain() {
        return connections.secrets().hasKeychain();
    }

    @Override
    public ConnectionReport test(
            ConnectionDraft draft, Consumer<List<ConnectionStage>> live, Deadline deadline) {
        var connector = connections.connector(secrets(draft), true);
        var profile = draft.profile();
        var plane = connector.workspace(profile);
        if (plane.isPresent()) {
            return new WorkspaceCheck(clock).run(profile.name(), plane.get(), live, deadline);
        }
        JdbcConnectionProvider door;
        try {
            door = connector.server(profile).orElseThrow();
        } catch (OpsException e) {
            throw new IllegalArgumentException(e.why(), e);
        }
        var file = passFile();
        var report =
                new ConnectionCheck(sql, background, clock)
                        .run(
                                door,
                                passwordFrom(draft, door, file),
                                door.otherLogins(file),
                                live,
                                deadline);
        return withHostKey(report, profile);
    }

    /// What was typed counts before what is kept; what is kept under the old name counts as well.
    private SecretStore secrets(ConnectionDraft draft) {
        var name = draft.profile().name();
        var before = draft.replaces();
        return SecretStore.firstOf(
                wanted -> Optional.ofNullable(draft.secrets().get(wanted)),
                connections.secrets(),
                wanted ->
                        before == null || !wanted.startsWith(name)
                                ? Optional.empty()
                                : connections
                                        .secrets()
                                        .get(before + wanted.substring(name.length())));
    }

    private String passwordFrom(ConnectionDraft draft, JdbcConnectionProvider door, PassFile file) {
        if (draft.secrets().containsKey(draft.profile().name())) {
            return "typed here";
        }
        if (secrets(draft).get(draft.profile().name()).isPresent()) {
            return "the one that is kept";
        }
        return door.passFileLine(file)
                .map(l -> "of %s, line %d".formatted(file.file(), l.number()))
                .orElse("");
    }

    private static PassFile passFile() {
        var file = PassFile.place(Path.of(System.getProperty("user.home")), System.getenv());
        try {
            return PassFile.read(file);
        } catch (IOException e) {
            LOG.info("{} cannot be read: {}", file, e.getMessage());
            return new PassFile(file, List.of());
        }
    }

    private ConnectionReport withHostKey(ConnectionReport report, ConnectionProfile profile) {
        var failure = report.failure();
        if (failure == null
                || failure.part() != ConnectionReport.Part.TUNNEL
                || !(profile instanceof ConnectionProfile.Jdbc p)
                || p.tunnel() == null) {
            return report;
        }
        return connections
                .tunnels()
                .refusedKey(p.tunnel())
                .filter(key -> !key.changed())
                .map(key -> report.withHostKey(key.type() + " " + key.fingerprint()))
                .orElse(report);
    }

    @Override
    public void acceptHostKey(ConnectionDraft draft) {
        if (draft.profile() instanceof ConnectionProfile.Jdbc p && p.tunnel() != null) {
            try {
                var key = connections.tunnels().refusedKey(p.tunnel());
                if (key.isPresent()) {
                    connections.tunnels().accept(key.get());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The key cannot be kept", e);
            }
        }
    }

    @Override
    public TargetId save(ConnectionDraft draft, @Nullable TargetId chosen) {
        var profile = draft.profile();
        var name = profile.name();
        var before = draft.replaces();
        try {
            if (!name.equals(before)
                    && connections.file().read().profiles().stream()
                            .anyMatch(p -> p.name().equals(name))) {
                throw new OpsException(
                        OpsException.Kind.CONFLICT,
                        "Connection " + name,
                        "there is one of this name",
                        "choose another name, or edit that one");
            }
            if (name.equals(Connections.LOCAL)) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Connection " + name,
                        "this is the name of Local Lakebase",
                        "choose another name");
            }
            keepSecrets(draft);
            connections.file().put(profile);
            if (before != null && !before.equals(name)) {
                connections.file().remove(before);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The connection cannot be kept", e);
        }
        close(name);
        reload();
        return chosen == null ? connections.first(name) : chosen;
    }

    private void keepSecrets(ConnectionDraft draft) {
        var store = connections.secrets();
        var before = draft.replaces();
        var name = draft.profile().name();
        if (before != null && !before.equals(name)) {
            for (var suffix :
                    List.of(
                            "",
                            ".ssh",
                            ConnectionProfile.KEY_SECRET,
                            ConnectionProfile.LOGIN_SECRET)) {
                store.get(before + suffix)
                        .ifPresent(s -> store.put(name + suffix, s, draft.place()));
                store.remove(before + suffix);
            }
        }
        draft.secrets().forEach((wanted, secret) -> store.put(wanted, secret, draft.place()));
    }

    @Override
    public void remove(String name) {
        try {
            var profile =
                    connections.file().read().profiles().stream()
                            .filter(p -> p.name().equals(name))
                            .findFirst();
            connections.file().remove(name);
            profile.ifPresent(p -> p.secrets().forEach(connections.secrets()::remove));
        } catch (IOException e) {
            throw new UncheckedIOException("The connection cannot be removed", e);
        }
        reload();
    }

    @Override
    public void move(String name, int by) {
        try {
            connections.file().move(name, by);
        } catch (IOException e) {
            throw new UncheckedIOException("The connections cannot be put into another order", e);
        }
        reload();
    }

    private void close(String profile) {
        targets.lastKnown(profile).forEach(targets::forget);
        connections.reopen(profile);
    }

    /// From now on the file is followed.
    void start(TaskExecutor room) {
        room.every(
                "connections.yaml",
                LOOK_AT_FILE,
                () -> room.launch("connections.yaml", this::follow));
    }

    /// Looks whether somebody changed the file; cheap when nobody did.
    void follow() {
        long now = connections.file().stamp();
        if (now != seen) {
            reload();
        }
    }

    private void reload() {
        seen = connections.file().stamp();
        var before = new ArrayList<TargetId>();
        connections.opened().keySet().forEach(p -> before.addAll(targets.lastKnown(p)));
        var what = connections.reload();
        before.stream()
                .filter(
                        t ->
                                what.gone().contains(t.profile())
                                        || what.changed().contains(t.profile()))
                .forEach(targets::forget);
        what.troubles().forEach(t -> LOG.warn("{}", t));
        for (var name : what.changed()) {
            tell(name, false);
        }
        for (var name : what.gone()) {
            tell(name, true);
        }
    }

    private void tell(String profile, boolean removed) {
        events.publish(
                new OpsEvent.ConnectionsChanged(
                        new TargetId(profile, TargetId.PLAIN, profile),
                        clock.instant(),
                        profile,
                        removed));
    }
}
