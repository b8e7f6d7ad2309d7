package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Alerts from conditions of a real server, each through warning, critical and the end. Waits and
/// running statements have limits of a fraction of a second here; the time a value must last
/// passes on a clock of the test's own.
///
/// Cache hits, XID age and the lag of a standby are those of [LocalConditionsPgTest]; the end of
/// deadlocks, which takes an hour, is told by figures in [AlertJudgeTest].
final class RealConditionsPgTest {
    @TempDir private static Path dir;

    private static Pg17 server;
    private static LocalLakehouse lakehouse;

    private final Pg17.Database database = server.database("real");
    private final ToolRig rig = ToolRig.of(database);
    private final AlertRounds rounds =
            new AlertRounds(rig, lakehouse, new AlertsInMemory(), quick());

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("max_connections=100", "deadlock_timeout=20ms"));
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
        server.stop();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /// The standard rules, but waits and statements are long after a fraction of a second.
    private static MetricDefinitions quick() {
        return AlertRounds.standardBut(
                d ->
                        switch (d.name()) {
                            case LOCK_WAIT_SECONDS, SLOWEST_QUERY_SECONDS ->
                                    AlertRounds.limited(d, 0.05, 0.8, 0.04);
                            default -> d;
                        });
    }

    @Test
    void connectionsThatRunOut() throws SQLException {
        var metric = MetricName.CONNECTION_UTILIZATION;
        var sessions = new ArrayList<Connection>();
        try {
            rounds.round(Duration.ZERO);
            connect(sessions, 74);
            rounds.round(Duration.ofSeconds(5));
            assertThat(rounds.told(metric)).as("a deployment passes").isEmpty();
            rounds.awaitTold(metric, Severity.WARNING);
            connect(sessions, 89);
            rounds.awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
        } finally {
            for (var session : sessions) {
                session.close();
            }
        }
        rounds.awaitOver(metric);
    }

    private void connect(List<Connection> sessions, int upTo) {
        while (sessions.size() < upTo) {
            // Past the slots kept for superusers nobody else gets in.
            sessions.add(database.admin());
        }
    }

    @Test
    void rowsThatDie() {
        var metric = MetricName.MAX_DEAD_TUPLE_RATIO;
        database.asDba(
                "create table t with (autovacuum_enabled = off) as"
                        + " select g as id, repeat('x', 200) as t from generate_series(1, 60000) g",
                "delete from t where id % 7 = 0",
                "select pg_stat_force_next_flush()");
        rounds.awaitTold(metric, Severity.WARNING);
        database.asDba("delete from t where id % 3 = 0", "select pg_stat_force_next_flush()");
        rounds.awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
        database.asDba("vacuum analyze t", "select pg_stat_force_next_flush()");
        rounds.awaitOver(metric);
    }

    @Test
    void aLockThatIsWaitedFor() throws Exception {
        var metric = MetricName.LOCK_WAIT_SECONDS;
        database.asDba("create table l (id int)");
        try (var holder = database.dba();
                var waiter = database.dba()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table l in access exclusive mode");
            var waits = running(waiter, "select * from l");
            // With a busy machine the first reading may be critical already.
            await().atMost(Patience.LONG)
                    .untilAsserted(
                            () -> {
                                rounds.round(Duration.ofSeconds(5));
                                assertThat(rounds.told(metric)).endsWith(Severity.CRITICAL);
                            });
            assertThat(rounds.told(metric)).doesNotHaveDuplicates();
            holder.rollback();
            waits.join();
        }
        rounds.awaitOver(metric);
        assertThat(rounds.told(MetricName.SLOWEST_QUERY_SECONDS))
                .as("the statement that waited runs for long, too")
                .endsWith(Severity.CRITICAL)
                .doesNotHaveDuplicates();
        rounds.awaitOver(MetricName.SLOWEST_QUERY_SECONDS);
    }

    private static CompletableFuture<Void> running(Connection session, String sql) {
        return CompletableFuture.runAsync(
                () -> {
                    try (var statement = session.createStatement()) {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                body -> Thread.ofVirtual().name("waiter").start(body));
    }

    @Test
    void sessionsThatLockEachOther() throws Exception {
        var metric = MetricName.DEADLOCKS_PER_HOUR;
        database.asDba("create table d (id int primary key)", "insert into d values (1), (2)");
        rounds.round(Duration.ZERO);
        deadlocks(3);
        rounds.awaitTold(metric, Severity.WARNING);
        deadlocks(3);
        rounds.awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
    }

    private void deadlocks(int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            try (var one = database.dba();
                    var other = database.dba()) {
                one.setAutoCommit(false);
                other.setAutoCommit(false);
                lock(one, 1);
                lock(other, 2);
                var waits =
                        CompletableFuture.supplyAsync(
                                () -> deadlocked(one, 2),
                                body -> Thread.ofVirtual().name("deadlock").start(body));
                boolean here = deadlocked(other, 1);
                // Whoever was not the victim has the lock once the victim's transaction is over.
                if (here) {
                    other.rollback();
                }
                assertThat(waits.join() ^ here).as("exactly one is the victim").isTrue();
            }
        }
    }

    private static void lock(Connection session, int id) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("select * from d where id = " + id + " for update");
        }
    }

    private static boolean deadlocked(Connection session, int id) {
        try {
            lock(session, id);
            return false;
        } catch (SQLException e) {
            return "40P01".equals(e.getSQLState());
        }
    }
}
