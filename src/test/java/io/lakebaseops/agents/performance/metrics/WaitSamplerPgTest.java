package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.lakehouse.history.WaitShares;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Samples of a real server, taken when the test says so.
final class WaitSamplerPgTest {
    /// The sampler looks at every session of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static Pg17.Database database;
    private static TestTargets rig;

    @TempDir Path dir;
    private LocalLakehouse lake;
    private final MovedClock clock = new MovedClock();
    private final TaskExecutor inline = TaskExecutor.inline(Clock.systemUTC());
    private Runnable tick = () -> {};
    private final Ticker ticker =
            (_, pace, body) -> {
                assertThat(pace).isEqualTo(Duration.ofSeconds(1));
                tick = body;
                return () -> tick = () -> {};
            };
    private boolean measured = true;
    private WaitSampler sampler;

    private static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeAll
    static void start() {
        database = SERVER.database("waits");
        database.asDba("create table t (x int)", "insert into t values (1)");
        rig = TestTargets.of(database);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, clock);
        lake.ensureTables(List.of(OpsTables.WAIT_SAMPLES));
        sampler = sampler(rig);
    }

    private WaitSampler sampler(TestTargets rig) {
        return new WaitSampler(rig.targets(), lake, _ -> measured, inline, ticker, clock);
    }

    @AfterEach
    void close() {
        sampler.close();
        inline.close();
        lake.close();
    }

    private void seconds(int n) {
        for (int i = 0; i < n; i++) {
            clock.now = clock.now.plusSeconds(1);
            tick.run();
        }
    }

    private long rows() {
        return lake.rowCount(OpsTables.WAIT_SAMPLES.name());
    }

    private WaitShares byApplication(WaitSampler of, TargetId target) {
        return new WaitHistory(lake, of)
                .shares(
                        target,
                        TimeRange.before(clock.now, Duration.ofMinutes(20)),
                        WaitShares.Dimension.APPLICATION,
                        50,
                        TestTargets.deadline());
    }

    /// A session that waits for a row of another one until that ends.
    private static Thread blocked(Connection holder, Connection waiter) throws Exception {
        holder.setAutoCommit(false);
        holder.createStatement().execute("update t set x = 2");
        var thread =
                new Thread(
                        () -> {
                            try {
                                waiter.createStatement().execute("update t set x = 3");
                            } catch (java.sql.SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "waits for a lock");
        thread.start();
        return thread;
    }

    private static Connection application(String name) throws Exception {
        var connection = SERVER.connect(database.name(), Pg17.DBA, Pg17.DBA_PASSWORD);
        connection.setClientInfo("ApplicationName", name);
        return connection;
    }

    @Test
    void aLockWaitIsSeenBeforeItIsWrittenAndAfterAndOurselvesNever() throws Exception {
        try (var holder = application("holder");
                var waiter = application("waiter")) {
            var thread = blocked(holder, waiter);
            await().until(() -> waits("waiter"));
            var watching = sampler.watch(rig.target());
            seconds(21);
            var unwritten = byApplication(sampler, rig.target());
            assertThat(rows()).isZero();
            watching.close();
            holder.rollback();
            thread.join();
            assertThat(rows()).isPositive();
            assertThat(sampler.heldFor(rig.target())).isEmpty();
            for (var shares : List.of(unwritten, byApplication(sampler, rig.target()))) {
                var share =
                        shares.shares().stream()
                                .filter(s -> "waiter".equals(s.key()))
                                .findFirst()
                                .orElseThrow();
                assertThat(share.share(WaitClass.LOCK)).isEqualTo(1);
                assertThat(shares.sessions(share)).isEqualTo(1);
                assertThat(shares.shares()).noneMatch(s -> "lakebaseops".equals(s.key()));
            }
            var row =
                    lake.query(
                                    new LakeQuery(
                                            "test",
                                            "select * from {wait_samples} where application_name ="
                                                    + " 'waiter' order by recorded_at"),
                                    Map.of(),
                                    ReadScope.ALL,
                                    TestTargets.deadline())
                            .list()
                            .get(1);
            assertThat(row)
                    .containsEntry("wait_event_type", "Lock")
                    .containsEntry("wait_event", "transactionid")
                    .containsEntry("backend_type", "client backend")
                    .containsEntry("datname", database.name())
                    .containsEntry("rolname", Pg17.DBA)
                    .containsEntry("samples", 10L)
                    .containsEntry("interval_seconds", 10.0)
                    .containsEntry("sample_period_seconds", 1.0)
                    .containsEntry("source", "live");
            assertThat(row.get("queryid")).isNotNull();
        }
    }

    private boolean waits(String application) throws Exception {
        try (var admin = SERVER.admin(database.name());
                var rows =
                        admin.createStatement()
                                .executeQuery(
                                        "select 1 from pg_stat_activity where application_name = '"
                                                + application
                                                + "' and wait_event_type = 'Lock'")) {
            return rows.next();
        }
    }

    private static final String OURS =
            " from pg_stat_statements where query like '/* lakebaseops:metrics/active_sessions%' order by"
                    + " calls desc limit 1";

    @Test
    void itIsWrittenInBatchesAndItsCostIsMeasuredAtOurOwnStatement() {
        sampler.watch(rig.target());
        seconds(61);
        assertThat(rows()).isZero();
        assertThat(sampler.heldFor(rig.target())).hasSize(6);
        // Once a second, so that ten milliseconds of execution are one percent of a core.
        System.out.printf(
                "sampling once a second: %s ms of execution a sample, %s %% of a core%n",
                database.scalar("select round(mean_exec_time::numeric, 3)" + OURS),
                database.scalar("select round(mean_exec_time::numeric / 10, 3)" + OURS));
        assertThat(sampler.state(rig.target()).millisPerSample())
                .as("under half a percent of a core, on a busy machine too")
                .isPositive()
                .isLessThan(5.0);
    }

    @Test
    void aServerThatIsNotMeasuredIsNotAsked() {
        measured = false;
        sampler.watch(rig.target());
        seconds(30);
        assertThat(sampler.heldFor(rig.target())).isEmpty();
        assertThat(sampler.watches(rig.target())).isFalse();
    }

    @Test
    void aBurstSaysThatItIsOne() {
        clock.now = Instant.now();
        assertThat(sampler.burst(rig.target(), TestTargets.deadline()))
                .startsWith("waits: 10 samples in ");
        assertThat(rows()).isPositive();
        var watching = sampler.watch(rig.target());
        assertThat(sampler.burst(rig.target(), TestTargets.deadline())).isNull();
        watching.close();
    }

    @Test
    void withoutTheRightToSeeOthersItSaysWhatIsMissing() throws Exception {
        database.asAdmin("create role waits_poor login password 'poor'");
        try (var other = application("unseen");
                var poor = TestTargets.of(SERVER.url(database.name()), "waits_poor", "poor")) {
            other.createStatement().execute("select 1");
            sampler = sampler(poor);
            sampler.watch(poor.target());
            seconds(1);
            assertThat(sampler.state(poor.target()).missing())
                    .contains("sessions of other roles are hidden")
                    .contains("pg_read_all_stats");
            assertThat(sampler.state(poor.target()).trouble()).isNull();
        }
    }
}
