package io.lakebaseops.postgres;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/// The targets of all connection profiles, reached through the few connections each server allows
/// us.
public final class PooledTargets implements Targets, TypedSqlSessions {
    private static final Logger LOG = LoggerFactory.getLogger(PooledTargets.class);
    private static final SqlName DATABASES = new SqlName("capability", "databases");
    private static final Duration LISTING = Duration.ofSeconds(10);

    /// Who watches a change from outside does not hold it up for long.
    private static final Duration WATCH_WAIT = Duration.ofSeconds(10);

    private record ProbeKey(TargetId target, String database) {}

    private record DatabaseRow(String databaseName) {}

    private final ConnectionProviders doors;
    private final Map<String, List<TargetId>> lastKnown = new ConcurrentHashMap<>();

    /// Said once, not at every listing.
    private final Map<String, String> complaints = new ConcurrentHashMap<>();
    private final SqlLibrary sql;
    private final ExecutorService background;
    private final Clock clock;
    private final ConnectionHistory history;
    private final ServerDirectory servers;
    private final Map<ProbeKey, ProbeCache> probes = new ConcurrentHashMap<>();

    /// @param background runs watches and connection requests; virtual threads
    public PooledTargets(
            ConnectionProviders doors, SqlLibrary sql, ExecutorService background, Clock clock) {
        this(doors, sql, background, clock, WakeListener.NOBODY);
    }

    /// @param wakes told of suspended computes that a connection woke
    public PooledTargets(
            ConnectionProviders doors,
            SqlLibrary sql,
            ExecutorService background,
            Clock clock,
            WakeListener wakes) {
        this.doors = doors;
        this.sql = sql;
        this.background = background;
        this.clock = clock;
        this.history = new ConnectionHistory(clock);
        this.servers =
                new ServerDirectory(
                        new ConnectionOpener(sql, background, history, wakes), background);
    }

    @Override
    public ReadSession read(TargetId target, Deadline deadline) {
        return read(target, door(target).defaultDatabase(target), deadline);
    }

    @Override
    public ReadSession read(TargetId target, String database, Deadline deadline) {
        return session(target, database, deadline);
    }

    @Override
    public SnapshotSession snapshot(TargetId target, String database, Deadline deadline) {
        return PooledSnapshotSession.begin(session(target, database, deadline));
    }

    @Override
    public TypedSqlSession typed(TargetId target, @Nullable String database, Deadline deadline) {
        var name = database == null ? door(target).defaultDatabase(target) : database;
        var connector = connector(target, name, Connector.TYPED);
        return TypedSqlSession.begin(
                session(target, connector, ConnectionBudget.Use.VISIT, deadline));
    }

    private PooledReadSession session(TargetId target, String database, Deadline deadline) {
        var connector = connector(target, database, Connector.READER);
        var use =
                database.equals(connector.door().defaultDatabase(target))
                        ? ConnectionBudget.Use.MAIN
                        : ConnectionBudget.Use.VISIT;
        return session(target, connector, use, deadline);
    }

    private PooledReadSession session(
            TargetId target, Connector connector, ConnectionBudget.Use use, Deadline deadline) {
        var database = connector.database();
        var server = servers.of(connector, deadline);
        return new PooledReadSession(
                server,
                server.take(connector, use, deadline),
                history,
                probes.computeIfAbsent(new ProbeKey(target, database), _ -> new ProbeCache(clock)),
                sql,
                deadline,
                background,
                clock);
    }

    @Override
    public List<String> databases(TargetId target, Deadline deadline) {
        try (var session = read(target, deadline)) {
            return session.query(DATABASES, Map.of(), DatabaseRow.class).stream()
                    .map(DatabaseRow::databaseName)
                    .toList();
        }
    }

    @Override
    public Capabilities capabilities(TargetId target, Deadline deadline) {
        try (var session = read(target, deadline)) {
            return session.capabilities();
        }
    }

    @Override
    public WriteSession write(
            TargetId target, String database, WritePermit permit, Deadline deadline) {
        var connector = connector(target, database, Connector.WRITER);
        var server = servers.of(connector, deadline);
        return new ApprovedWriteSession(
                target + "/" + database,
                server.take(connector, ConnectionBudget.Use.CHANGE, deadline),
                server,
                sql,
                permit,
                deadline,
                background,
                () -> server.take(connector, ConnectionBudget.Use.WATCH, Deadline.in(WATCH_WAIT)));
    }

    @Override
    public TargetCondition condition(TargetId target) {
        return history.condition(target);
    }

    @Override
    public void tryAgain(TargetId target) {
        history.tryAgain(target);
    }

    @Override
    public OwnLoad ownLoad(TargetId target) {
        return servers.known(target).map(ServerConnections::load).orElse(OwnLoad.NONE);
    }

    /// All profiles at once: one that does not answer must not hide or delay the others, and its
    /// targets of last time stay.
    @Override
    public List<TargetId> known() {
        var deadline = Deadline.in(LISTING);
        var asked = new LinkedHashMap<String, CompletableFuture<List<TargetId>>>();
        doors.opened()
                .forEach(
                        (profile, door) ->
                                asked.put(
                                        profile,
                                        CompletableFuture.supplyAsync(
                                                () -> known(profile, door, deadline), background)));
        return asked.values().stream().flatMap(listed -> listed.join().stream()).toList();
    }

    private List<TargetId> known(String profile, ConnectionProvider door, Deadline deadline) {
        try {
            var now = door.known(deadline);
            lastKnown.put(profile, now);
            complaints.remove(profile);
            return now;
        } catch (OpsException e) {
            var why = String.valueOf(e.getMessage());
            if (!why.equals(complaints.put(profile, why))) {
                LOG.warn("Profile {} cannot be listed: {}", profile, why);
            }
            return lastKnown.getOrDefault(profile, List.of());
        }
    }

    /// The targets of a profile when it was last listed; asks nobody.
    public List<TargetId> lastKnown(String profile) {
        return lastKnown.getOrDefault(profile, List.of());
    }

    @Override
    public boolean awake(TargetId target, Deadline deadline) {
        return door(target).awake(target, deadline);
    }

    @Override
    public void forget(TargetId target) {
        probes.keySet().removeIf(k -> k.target().equals(target));
        servers.forget(target);
    }

    private Connector connector(TargetId target, String database, Map<String, String> options) {
        return new Connector(target, database, door(target), options);
    }

    private ConnectionProvider door(TargetId target) {
        return doors.door(target.profile())
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.NOT_FOUND,
                                        "Target " + target.key(),
                                        "there is no connection profile named " + target.profile(),
                                        "add it to connections.yaml, or name the server by --url"));
    }

    @Override
    public void close() {
        servers.close();
    }
}
