package io.lakebaseops.postgres;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;

import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/// The targets of all connection profiles, reached through small pools.
public final class PooledTargets implements Targets {
    private static final Logger LOG = LoggerFactory.getLogger(PooledTargets.class);
    private static final SqlName DATABASES = new SqlName("capability", "databases");
    private static final Duration LISTING = Duration.ofSeconds(10);

    /// @param most connections
    private record PoolKey(TargetId target, String database, int most) {}

    private record DatabaseRow(String databaseName) {}

    private final ConnectionProviders doors;
    private final Map<String, List<TargetId>> lastKnown = new ConcurrentHashMap<>();

    /// Said once, not at every listing.
    private final Map<String, String> complaints = new ConcurrentHashMap<>();
    private final SqlLibrary sql;
    private final ExecutorService background;
    private final Clock clock;
    private final Map<PoolKey, TargetPool> pools = new ConcurrentHashMap<>();

    /// @param background runs watches and connection requests; virtual threads
    public PooledTargets(
            ConnectionProviders doors, SqlLibrary sql, ExecutorService background, Clock clock) {
        this.doors = doors;
        this.sql = sql;
        this.background = background;
        this.clock = clock;
    }

    @Override
    public ReadSession read(TargetId target, Deadline deadline) {
        return read(target, door(target).defaultDatabase(target), deadline);
    }

    @Override
    public ReadSession read(TargetId target, String database, Deadline deadline) {
        return read(new PoolKey(target, database, TargetPool.MOST_CONNECTIONS), deadline);
    }

    @Override
    public ReadSession pulse(TargetId target, Deadline deadline) {
        return read(new PoolKey(target, door(target).defaultDatabase(target), 1), deadline);
    }

    private ReadSession read(PoolKey key, Deadline deadline) {
        var pool =
                pools.computeIfAbsent(
                        key,
                        k ->
                                new TargetPool(
                                        connector(k.target(), k.database(), Connector.READER),
                                        k.most(),
                                        background,
                                        clock));
        return new PooledReadSession(pool, key.database(), sql, deadline, background, clock);
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
        var name = target + "/" + database;
        return new ApprovedWriteSession(
                name,
                open(connector, name, deadline),
                sql,
                permit,
                deadline,
                background,
                () -> open(connector, name, deadline));
    }

    /// Tries again only before anything was sent; afterwards nothing is ever repeated.
    private static PgConnection open(Connector connector, String name, Deadline deadline) {
        var what = "Connecting to " + name + " for a change";
        long start = System.nanoTime();
        long pause = 20;
        while (true) {
            deadline.check(what);
            try {
                return connector.open(deadline);
            } catch (SQLException e) {
                var failingFor = Duration.ofNanos(System.nanoTime() - start);
                if (!ConnectRetry.after(e).again(failingFor)) {
                    throw SqlFailure.of(what, e);
                }
                LOG.debug("{}: {}, again in {} ms", what, e.getMessage(), pause);
            }
            try {
                Thread.sleep(Math.min(pause, deadline.remaining().toMillis() + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OpsException(
                        OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
            }
            pause = Math.min(pause * 2, 1000);
        }
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

    @Override
    public boolean awake(TargetId target, Deadline deadline) {
        return door(target).awake(target, deadline);
    }

    @Override
    public void forget(TargetId target) {
        for (var key : List.copyOf(pools.keySet())) {
            if (key.target().equals(target)) {
                var pool = pools.remove(key);
                if (pool != null) {
                    pool.close();
                }
            }
        }
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
        pools.values().forEach(TargetPool::close);
        pools.clear();
    }
}
