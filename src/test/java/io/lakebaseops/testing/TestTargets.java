package io.lakebaseops.testing;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ConnectionProviders;
import io.lakebaseops.postgres.JdbcConnectionProvider;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.postgres.WriteSession;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Real targets over a test database, as the product builds them. Close it after the class.
public record TestTargets(
        PooledTargets targets, TargetId target, SqlLibrary sql, ExecutorService threads)
        implements AutoCloseable {

    /// As `dba`, who is no superuser.
    public static TestTargets of(Pg17.Database database) {
        return of(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD);
    }

    public static TestTargets of(String url, String user, String password) {
        var door = JdbcConnectionProvider.ofUrl("test", url, user, () -> password);
        return of(door, door.target());
    }

    public static TestTargets of(ConnectionProvider door, TargetId target) {
        return of(door, target, SqlLibrary.fromClassPath());
    }

    public static TestTargets of(ConnectionProvider door, TargetId target, SqlLibrary sql) {
        var threads = Executors.newCachedThreadPool();
        var targets =
                new PooledTargets(
                        ConnectionProviders.of(Map.of(target.profile(), door)),
                        sql,
                        threads,
                        Clock.systemUTC());
        return new TestTargets(targets, target, sql, threads);
    }

    public ReadSession read() {
        return targets.read(target, deadline());
    }

    /// With a permit nobody gave: only tests can make one up.
    public WriteSession write(String database) {
        var plan = UUID.randomUUID();
        WritePermit permit = () -> plan;
        return targets.write(target, database, permit, deadline());
    }

    public static Deadline deadline() {
        return Deadline.in(Patience.LONG);
    }

    @Override
    public void close() {
        targets.close();
        threads.shutdownNow();
    }
}
