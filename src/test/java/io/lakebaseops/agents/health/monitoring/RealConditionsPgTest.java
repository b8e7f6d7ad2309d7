package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.framework.MemoryFindings;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Alerts from conditions of a real server, each through warning, critical and the end. Waits and
/// running statements have limits of a fraction of a second here; the time a value must last
/// passes on a clock of the test's own.
///
/// By their figures alone, in [AlertJudgeTest]: cache hits, which are not judged within five
/// minutes of a start; the end of deadlocks, which takes an hour; XID age, which takes half a
/// billion transactions; the lag of a standby.
final class RealConditionsPgTest {
    @TempDir private static Path dir;

    private static Pg17 server;
    private static LocalLakehouse lakehouse;

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final ToolRig.Events events = new ToolRig.Events();
    private final LiveHealthBoard board = new LiveHealthBoard();
    private final MetricDefinitions definitions = quick();
    private final Pg17.Database database = server.database("real");
    private final ToolRig rig = ToolRig.of(database);
    private Duration passed = Duration.ZERO;
    private final MonitorSystemHealth monitor =
            new MonitorSystemHealth(rig.targets(), rig.sql(), lakehouse, board, events);
    private final EvaluateAlertThresholds judge =
            new EvaluateAlertThresholds(
                    board,
                    alerts,
                    definitions,
                    events,
                    monitor,
                    new MemoryFindings(),
                    (_, _, _) -> List.of());

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
        return new MetricDefinitions(
                MetricDefinitions.standard().all().stream()
                        .map(
                                d ->
                                        switch (d.name()) {
                                            case LOCK_WAIT_SECONDS, SLOWEST_QUERY_SECONDS ->
                                                    quick(d);
                                            default -> d;
                                        })
                        .toList());
    }

    private static MetricDefinition quick(MetricDefinition d) {
        var w = d.watched();
        var r = w.rule();
        var quick =
                new AlertRule(
                        r.metric(),
                        r.bad(),
                        0.05,
                        0.8,
                        r.forAtLeast(),
                        0.04,
                        r.cooldown(),
                        r.sop(),
                        r.reason());
        return new MetricDefinition(
                d.name(),
                d.derivation(),
                new MetricDefinition.Watched(quick, w.gauge(), w.evidence()));
    }

    /// A round and its judgement, some time later.
    private void round(Duration later) {
        passed = passed.plus(later);
        var clock = Clock.fixed(Instant.now().plus(passed), ZoneOffset.UTC);
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        rig.test().target(),
                        Actor.human("ada"),
                        TestTargets.deadline(),
                        clock,
                        ToolContext.Progress.SILENT);
        monitor.run(new MonitorSystemHealth.Input(false), context);
        judge.run(new EvaluateAlertThresholds.Input(null), context);
    }

    private List<Severity> told(MetricName metric) {
        return events.of(OpsEvent.ThresholdBreached.class).stream()
                .filter(e -> e.metric() == metric)
                .map(OpsEvent.ThresholdBreached::severity)
                .toList();
    }

    private long recovered(MetricName metric) {
        return events.of(OpsEvent.AlertRecovered.class).stream()
                .filter(e -> e.metric() == metric)
                .count();
    }

    private void awaitTold(MetricName metric, Severity... severities) {
        await().atMost(Patience.LONG)
                .untilAsserted(
                        () -> {
                            round(Duration.ofSeconds(5));
                            assertThat(told(metric)).containsExactly(severities);
                        });
    }

    private void awaitOver(MetricName metric) {
        await().atMost(Patience.LONG)
                .untilAsserted(
                        () -> {
                            round(Duration.ofSeconds(5));
                            assertThat(recovered(metric)).isEqualTo(1);
                        });
        round(Duration.ofSeconds(5));
        assertThat(recovered(metric)).isEqualTo(1);
        assertThat(alerts.history(rig.test().target(), 100).stream())
                .filteredOn(a -> a.metric() == metric)
                .hasSize(1);
    }

    @Test
    void connectionsThatRunOut() throws SQLException {
        var metric = MetricName.CONNECTION_UTILIZATION;
        var sessions = new ArrayList<Connection>();
        try {
            round(Duration.ZERO);
            connect(sessions, 74);
            round(Duration.ofSeconds(5));
            assertThat(told(metric)).as("a deployment passes").isEmpty();
            awaitTold(metric, Severity.WARNING);
            connect(sessions, 89);
            awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
        } finally {
            for (var session : sessions) {
                session.close();
            }
        }
        awaitOver(metric);
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
        awaitTold(metric, Severity.WARNING);
        database.asDba("delete from t where id % 3 = 0", "select pg_stat_force_next_flush()");
        awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
        database.asDba("vacuum analyze t", "select pg_stat_force_next_flush()");
        awaitOver(metric);
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
                                round(Duration.ofSeconds(5));
                                assertThat(told(metric)).endsWith(Severity.CRITICAL);
                            });
            assertThat(told(metric)).doesNotHaveDuplicates();
            holder.rollback();
            waits.join();
        }
        awaitOver(metric);
        assertThat(told(MetricName.SLOWEST_QUERY_SECONDS))
                .as("the statement that waited runs for long, too")
                .endsWith(Severity.CRITICAL)
                .doesNotHaveDuplicates();
        awaitOver(MetricName.SLOWEST_QUERY_SECONDS);
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
        round(Duration.ZERO);
        deadlocks(3);
        awaitTold(metric, Severity.WARNING);
        deadlocks(3);
        awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
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
