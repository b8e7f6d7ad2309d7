package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.connections.MonitorConnections;
import io.lakebaseops.agents.health.monitoring.LiveHealthBoard;
import io.lakebaseops.agents.health.monitoring.MonitorSystemHealth;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.agents.performance.metrics.PersistPgStatStatements;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.postgres.ConnectionProviders;
import io.lakebaseops.postgres.JdbcConnectionProvider;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server with few connection slots and many databases, watched by three profiles at once: its
/// applications always get in, and never more than three sessions are ours. A sample by default;
/// `-Dlakebaseops.databases=100` takes minutes.
final class ConnectionBudgetPgTest {
    private static final int DATABASES = Integer.getInteger("lakebaseops.databases", 9);

    @TempDir private static Path dir;

    @Test
    void applicationsAlwaysGetInAndNeverMoreThanThreeSessionsAreOurs() throws Exception {
        var server =
                Pg17.started(List.of("max_connections=30", "superuser_reserved_connections=3"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
                var admin = server.admin("postgres")) {
            lakehouse.ensureTables(OpsTables.ALL);
            many(admin);
            var profiles =
                    List.of(
                            profile(server, "one", "127.0.0.1", "postgres"),
                            profile(server, "two", "localhost", "postgres"),
                            profile(server, "three", "127.0.0.1", "many_1"));
            try (var targets =
                    new PooledTargets(
                            ConnectionProviders.of(byName(profiles)),
                            SqlLibrary.fromClassPath(),
                            threads,
                            Clock.systemUTC())) {
                watched(server, admin, targets, lakehouse, profiles);
            }
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    private static void many(Connection admin) throws SQLException {
        try (var s = admin.createStatement()) {
            s.execute("create extension if not exists pg_stat_statements");
            for (int i = 0; i < DATABASES; i++) {
                s.execute("create database many_%d owner dba strategy file_copy".formatted(i));
            }
        }
    }

    private static JdbcConnectionProvider profile(
            Pg17 server, String name, String host, String database) {
        return JdbcConnectionProvider.ofUrl(
                name,
                "jdbc:postgresql://%s:%d/%s".formatted(host, server.port(), database),
                "dba",
                () -> "dba");
    }

    private static Map<String, ConnectionProvider> byName(List<JdbcConnectionProvider> profiles) {
        var byName = new HashMap<String, ConnectionProvider>();
        profiles.forEach(p -> byName.put(p.target().profile(), p));
        return byName;
    }

    private static void watched(
            Pg17 server,
            Connection admin,
            PooledTargets targets,
            LocalLakehouse lakehouse,
            List<JdbcConnectionProvider> profiles)
            throws Exception {
        var refused = new ConcurrentLinkedQueue<String>();
        var most = new AtomicInteger();
        var logins = new AtomicInteger();
        try (var ask = admin.createStatement();
                var clock = Executors.newScheduledThreadPool(2);
                var work = Executors.newVirtualThreadPerTaskExecutor()) {
            clock.scheduleWithFixedDelay(
                    () -> application(server, refused, logins), 0, 100, TimeUnit.MILLISECONDS);
            clock.scheduleWithFixedDelay(
                    () -> most.accumulateAndGet(ours(ask, refused), Math::max),
                    0,
                    10,
                    TimeUnit.MILLISECONDS);
            var running = new ArrayList<Future<?>>();
            for (var profile : profiles) {
                var target = profile.target();
                for (var job : jobs(targets, lakehouse, target)) {
                    running.add(work.submit(job));
                }
            }
            for (var job : running) {
                job.get();
            }
        }
        System.out.printf(
                "%d databases, %d logins of the application, at most %d sessions of ours%n",
                DATABASES, logins.get(), most.get());
        assertThat(refused).isEmpty();
        assertThat(logins.get()).isGreaterThan(5);
        assertThat(most.get()).isBetween(1, 3);
        for (var profile : profiles) {
            assertThat(targets.condition(profile.target()).answers()).isTrue();
        }
    }

    /// The live view of the target and every job, all at the same time.
    private static List<Runnable> jobs(
            PooledTargets targets, LocalLakehouse lakehouse, TargetId target) {
        var sql = SqlLibrary.fromClassPath();
        var board = new LiveHealthBoard();
        var health = new MonitorSystemHealth(targets, sql, lakehouse, board, new ToolRig.Events());
        var history =
                new PersistPgStatStatements(
                        targets,
                        lakehouse,
                        dir.resolve(target.profile()),
                        (_, _) -> null,
                        (_, _) -> {});
        return List.of(
                () -> {
                    for (int i = 0; i < 20; i++) {
                        health.run(new MonitorSystemHealth.Input(false), context(target));
                    }
                },
                () -> health.run(new MonitorSystemHealth.Input(true), context(target)),
                () ->
                        whole(
                                new MonitorConnections(targets, sql)
                                        .run(new MonitorConnections.Input(5), context(target))),
                () -> {
                    try {
                        history.run(new PersistPgStatStatements.Input(100), context(target));
                    } catch (OpsException e) {
                        throw new AssertionError("The statement history", e);
                    }
                },
                () ->
                        whole(
                                new IdentifyTablesNeedingVacuum(targets, sql)
                                        .run(
                                                new IdentifyTablesNeedingVacuum.Input(0.3),
                                                context(target))),
                () ->
                        whole(
                                new DetectDuplicateIndexes(targets, sql)
                                        .run(new DetectDuplicateIndexes.Input(), context(target))),
                () ->
                        whole(
                                new DetectMissingFkIndexes(targets, sql)
                                        .run(new DetectMissingFkIndexes.Input(), context(target))));
    }

    /// Our own jobs may wait for each other, but none gives up a database for it.
    private static void whole(Outcome<?> outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Found.class, found -> assertThat(found.caveats()).isEmpty());
    }

    private static ToolContext context(TargetId target) {
        return new ToolContext(
                UUID.randomUUID(),
                target,
                Actor.human("ada"),
                Deadline.in(Duration.ofMinutes(20)),
                Clock.systemUTC(),
                ToolContext.Progress.SILENT);
    }

    private static void application(Pg17 server, Queue<String> refused, AtomicInteger logins) {
        try (var c = DriverManager.getConnection(server.url("many_7"), "dba", "dba");
                var s = c.createStatement()) {
            s.execute("select 1");
            logins.incrementAndGet();
        } catch (SQLException e) {
            refused.add("application: " + e.getMessage());
        }
    }

    private static int ours(java.sql.Statement ask, Queue<String> refused) {
        try (var rs =
                ask.executeQuery(
                        "select count(*) from pg_stat_activity"
                                + " where application_name like 'lakebaseops%'")) {
            rs.next();
            return rs.getInt(1);
        } catch (SQLException e) {
            refused.add("poll: " + e.getMessage());
            return 0;
        }
    }
}
