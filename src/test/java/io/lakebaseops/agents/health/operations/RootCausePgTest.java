package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Real faults on a server of its own, since locks and the horizon are about all of it.
final class RootCausePgTest {
    private static Pg17 server;

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final List<Connection> open = new ArrayList<>();
    private final List<Thread> waiting = new ArrayList<>();

    /// How statements ended that were still waiting when their test was over.
    private final List<String> endings = new CopyOnWriteArrayList<>();

    private Pg17.Database shop;
    private ToolRig rig;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("max_prepared_transactions=5"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void shop() {
        shop = server.database("cause");
        shop.asDba("create table t (id int primary key, v int)", "insert into t values (1, 0)");
        rig = ToolRig.of(shop);
    }

    @AfterEach
    void close() throws Exception {
        // A statement goes on when its client is gone.
        shop.asAdmin(
                "select pg_terminate_backend(pid, 30000) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
        for (var connection : open) {
            connection.close();
        }
        for (var thread : waiting) {
            thread.join(Patience.LONG);
        }
        rig.close();
    }

    @Test
    void aQuietServerIsHealthyAndSaysWhatIsNotKnown() {
        var found = ToolRig.found(diagnose());
        assertThat(found.data().verdict()).isEqualTo("healthy");
        assertThat(found.caveats()).anyMatch(c -> c.contains("not watched"));
        assertThat(
                        ToolRig.refused(
                                tool().run(new DiagnoseRootCause.Input("gremlins"), rig.context())))
                .contains("neither an open alert nor a metric");
    }

    @Test
    void whoIdlesInsideATransactionAndBlocksIsNamedAndOnlyThatSessionIsToBeEnded()
            throws SQLException {
        int pid = holds("update t set v = 1");
        waits("update t set v = 2");
        var first = first();
        assertThat(first.cause()).isEqualTo("idle_transaction_blocks");
        assertThat(first.evidence().getFirst()).contains("pid " + pid).contains("1 session");
        assertThat(first.since()).isNotNull();

        var healed = heal(false);
        assertThat(healed).singleElement().satisfies(p -> assertThat(p.verb()).contains("End"));
        assertThat(healed.getFirst().title() + healed.getFirst().steps())
                .contains(Integer.toString(pid));
        assertThat(heal(true)).as("a dry run files nothing").isEmpty();
    }

    @Test
    void aWaitingChangeOfATableIsNamedWithTheQueueBehindIt() throws SQLException {
        holds("select * from t");
        waits("alter table t add column w int");
        waits("select * from t");
        var first = first();
        assertThat(first.cause()).isEqualTo("ddl_waits_in_queue");
        assertThat(first.evidence().getFirst()).contains("ACCESS EXCLUSIVE on public.t");
    }

    @Test
    void aHotRowIsToldFromALongStatement() throws SQLException {
        var holder = session();
        holder.setAutoCommit(false);
        holder.createStatement().execute("update t set v = v + 1 where id = 1");
        background(holder, "select pg_sleep(120)");
        for (int i = 0; i < 3; i++) {
            waits("update t set v = v + 1 where id = 1");
        }
        assertThat(first().cause()).isEqualTo("hot_row");
    }

    @Test
    void aPreparedTransactionThatBlocksIsSeenThoughItHasNoSession() throws SQLException {
        var prepared = session();
        prepared.setAutoCommit(false);
        prepared.createStatement().execute("update t set v = 9");
        prepared.createStatement().execute("prepare transaction 'lost'");
        waits("update t set v = 2");
        var first = first();
        assertThat(first.cause()).isEqualTo("prepared_transaction_blocks");
        var handed =
                ToolRig.found(
                        tool2().propose(new SelfHeal.Input("", false), rig.context()).outcome());
        assertThat(handed.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.summary()).contains("ROLLBACK PREPARED"));
        prepared.rollback();
        prepared.setAutoCommit(true);
        prepared.createStatement().execute("rollback prepared 'lost'");
    }

    @Test
    void tablesLeftWithoutAutovacuumOrAnalyzeAreNamedAndRepaired() {
        shop.asDba(
                "create table off with (autovacuum_enabled = false) as"
                        + " select g as id, g as v from generate_series(1, 20000) g",
                "analyze off",
                "delete from off where id % 2 = 0",
                "select pg_stat_force_next_flush()");
        assertThat(beside()).first().isEqualTo("autovacuum_off_for_table");
        assertThat(ToolRig.found(diagnose()).data().answer())
                .startsWith("Nothing is beyond its limit yet.");
        shop.asDba(
                "drop table off",
                "create table stale with (autovacuum_enabled = false) as"
                        + " select g as id, g as v from generate_series(1, 20000) g",
                "analyze stale",
                "insert into stale select g, g from generate_series(1, 20000) g",
                "select pg_stat_force_next_flush()");
        assertThat(beside()).contains("stale_statistics");
    }

    @Test
    void objectsNearTheirEndOrInvalidAreSeen() {
        shop.asDba(
                "create sequence nearly maxvalue 1000",
                "select setval('nearly', 990)",
                "create table dup as select 1 as a from generate_series(1, 2)");
        try (var c = shop.dba()) {
            c.createStatement().execute("create unique index concurrently dup_a on dup (a)");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as("left invalid").isEqualTo("23505");
        }
        assertThat(beside()).contains("sequence_near_end", "invalid_index");
    }

    @Test
    void whatHoldsTheHorizonIsNamedByItsKind() throws SQLException {
        var reader = session();
        reader.setAutoCommit(false);
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        reader.createStatement().execute("select count(*) from t");
        shop.asDba(
                "do $$ begin for i in 1..10100 loop perform pg_current_xact_id(); commit; end loop;"
                        + " end $$");
        assertThat(beside()).contains("xmin_held_by_session");
    }

    private DiagnoseRootCause tool() {
        return new DiagnoseRootCause(rig.targets(), new Unwatched(), new FakeLakehouse(), alerts);
    }

    private SelfHeal tool2() {
        return new SelfHeal(rig.targets(), rig.sql(), new Unwatched(), new FakeLakehouse(), alerts);
    }

    private io.lakebaseops.framework.Outcome<DiagnoseRootCause.Output> diagnose() {
        return tool().run(new DiagnoseRootCause.Input(""), rig.context());
    }

    private Hypothesis first() {
        var data = ToolRig.found(diagnose()).data();
        assertThat(data.causes()).as(data.answer()).isNotEmpty();
        return data.causes().getFirst();
    }

    private List<String> beside() {
        var data = ToolRig.found(diagnose()).data();
        assertThat(data.verdict()).as(data.answer()).isEqualTo("cause");
        return data.causes().stream().map(Hypothesis::cause).toList();
    }

    private List<ChangePlan> heal(boolean dryRun) {
        return tool2().propose(new SelfHeal.Input("", dryRun), rig.context()).plans();
    }

    private Connection session() {
        var connection = shop.dba();
        open.add(connection);
        return connection;
    }

    /// A session that has done this inside a transaction and idles.
    private int holds(String sql) throws SQLException {
        var connection = session();
        connection.setAutoCommit(false);
        try (var rows = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            rows.next();
            int pid = rows.getInt(1);
            connection.createStatement().execute(sql);
            return pid;
        }
    }

    /// A session that waits for a lock until the test ends.
    private void waits(String sql) throws SQLException {
        long before = Long.parseLong(waiters());
        background(session(), sql);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Long.parseLong(waiters()) > before);
    }

    private void background(Connection connection, String sql) {
        waiting.add(
                Thread.startVirtualThread(
                        () -> {
                            try (var statement = connection.createStatement()) {
                                statement.execute(sql);
                            } catch (SQLException e) {
                                endings.add(e.getMessage());
                            }
                        }));
    }

    private String waiters() {
        return shop.scalar("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
    }

    /// A server nobody watches: no rates, no symptoms.
    private record Unwatched() implements HealthBoard {
        @Override
        public Optional<Round> latest(TargetId target) {
            return Optional.empty();
        }

        @Override
        public List<Point> series(TargetId target, MetricName metric, Duration back) {
            return List.of();
        }

        @Override
        public Subject subject(TargetId target, MetricName metric) {
            return Subject.branch(target.branch());
        }

        @Override
        public @Nullable Outage outage(TargetId target) {
            return null;
        }
    }
}
