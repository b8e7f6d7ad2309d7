package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsPgTest {
    private final Pg17.Database db = Pg17.shared().database("Sessions of \u00e4ll");
    private final TestTargets rig = TestTargets.of(db);

    @BeforeAll
    void makeTable() {
        db.asDba("create table t (id int primary key, v text)", "insert into t values (1, 'one')");
    }

    @AfterAll
    void close() {
        rig.close();
    }

    @Test
    void theProbeTellsVersionRightsExtensionsAndSettings() {
        var c = rig.targets().capabilities(rig.target(), TestTargets.deadline());
        assertThat(c.serverVersion()).isBetween(170000, 179999);
        assertThat(c.user()).isEqualTo("dba");
        assertThat(c.superuser()).isFalse();
        assertThat(c.canMonitor()).isTrue();
        assertThat(c.canSignal()).isTrue();
        assertThat(c.canMaintain()).isTrue();
        assertThat(c.memberOf()).contains("databricks_superuser").doesNotContain("pg_checkpoint");
        assertThat(c.has("pg_stat_statements")).isTrue();
        assertThat(c.availableExtensions()).contains("pgstattuple");
        assertThat(c.setting("max_connections")).contains("200");
        assertThat(c.setting("track_io_timing")).contains("on");
    }

    @Test
    void databasesAreListedWithoutTemplates() {
        assertThat(rig.targets().databases(rig.target(), TestTargets.deadline()))
                .contains("postgres", db.name())
                .doesNotContain("template0", "template1");
    }

    @Test
    void aReadSessionCannotWrite() throws Exception {
        var door = JdbcConnectionProvider.ofUrl("test", db.url(), "dba", () -> "dba");
        var reader = new Connector(door.target(), db.name(), door, Connector.READER);
        try (var c = reader.open(TestTargets.deadline());
                var s = c.createStatement()) {
            assertThatThrownBy(() -> s.execute("insert into public.t values (2, 'x')"))
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void aStatementOfSomebodyElseIsExplainedWithTheNamesItsOwnSessionsUse() {
        db.asDba(
                "create schema app",
                "create table app.orders (id int primary key)",
                "create table sizes (id int primary key)");
        try (var session = rig.read()) {
            assertThat(session.explain(new ExplainText("select * from sizes where id = $1")))
                    .contains("\"Schema\": \"public\"");
            assertThatThrownBy(() -> session.explain(new ExplainText("select * from orders")))
                    .isInstanceOf(OpsException.class);
            db.asAdmin("alter database \"%s\" set search_path = app, public".formatted(db.name()));
            assertThat(session.explain(new ExplainText("select * from orders")))
                    .contains("\"Schema\": \"app\"");
        }
    }

    @Test
    void aWriteStepRunsWithItsValuesAndReturnsItsRows() {
        try (var session = rig.write(db.name())) {
            var rows =
                    session.run(
                            step(
                                    "insert into public.t values (:id, :v) returning id, v",
                                    true,
                                    new SqlParam("id", "int4", "7"),
                                    new SqlParam("v", "text", "it's :id; -- {x}")));
            assertThat(rows.list()).containsExactly(Map.of("id", 7, "v", "it's :id; -- {x}"));
            assertThat(session.run(step("vacuum (analyze) public.t", false)).isEmpty()).isTrue();
        }
        assertThat(db.scalar("select v from t where id = 7")).isEqualTo("it's :id; -- {x}");
    }

    @Test
    void aStepThatFailsLeavesNothingBehindAndTheSessionUsable() {
        try (var session = rig.write(db.name())) {
            assertThatThrownBy(
                            () -> session.run(step("insert into public.t values (1, 'x')", true)))
                    .isInstanceOfSatisfying(
                            OpsException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(OpsException.Kind.CONFLICT);
                                assertThat(e.what()).contains("a test step");
                            });
            assertThat(session.run(step("select 1 as one", true)).size()).isEqualTo(1);
        }
    }

    @Test
    void aStepWithTwoStatementsIsRefusedBeforeAnythingIsSent() {
        try (var session = rig.write(db.name())) {
            assertThatThrownBy(
                            () ->
                                    session.run(
                                            step(
                                                    "delete from public.t; drop table public.t",
                                                    true)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(db.scalar("select count(*) from t where id = 1")).isEqualTo("1");
    }

    @Test
    void aStepGivesUpWaitingForALockAfterItsOwnLockTimeout() throws Exception {
        try (var blocker = db.dba();
                var session = rig.write(db.name())) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table t in access exclusive mode");
            long start = System.nanoTime();
            assertThatThrownBy(
                            () -> session.run(step("alter table public.t add column w int", true)))
                    .isInstanceOfSatisfying(
                            OpsException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(OpsException.Kind.TIMEOUT);
                                assertThat(e.remedy()).contains("lock");
                            });
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(15));
            blocker.rollback();
            // The same session can go on.
            session.run(step("alter table public.t add column w int", true));
        }
    }

    @Test
    void ourStatementsCarryOurMarkSoThatWeCanLeaveThemOut() {
        try (var session = rig.read()) {
            session.query(new SqlName("capability", "databases"));
        }
        assertThat(
                        db.scalar(
                                "select count(*) from pg_stat_statements where query like"
                                        + " '/* lakebaseops:capability/databases */%'"))
                .isNotEqualTo("0");
    }

    @Test
    void aPoolOpensNoMoreThanItNeedsAndReusesConnections() {
        for (int i = 0; i < 5; i++) {
            try (var session = rig.read()) {
                session.capabilities();
            }
        }
        assertThat(
                        Integer.parseInt(
                                String.valueOf(
                                        db.scalar(
                                                "select count(*) from pg_stat_activity where"
                                                        + " datname = current_database() and"
                                                        + " application_name = 'lakebaseops'"))))
                .isBetween(1, 3);
    }

    @Test
    void whoFindsEveryConnectionTakenByOurOwnWorkIsToldSoAtTheDeadline() throws Exception {
        var held = new ArrayList<ReadSession>();
        for (int i = 0; i < ConnectionBudget.MOST; i++) {
            // One thread on one database would share its connection.
            var one = new Thread(() -> held.add(rig.read()));
            one.start();
            one.join();
        }
        try {
            assertThatThrownBy(
                            () ->
                                    rig.targets()
                                            .read(
                                                    rig.target(),
                                                    Deadline.in(Duration.ofMillis(300))))
                    .isInstanceOfSatisfying(
                            OpsException.class,
                            e -> {
                                // Not UNREACHABLE nor TIMEOUT: the server is not to blame.
                                assertThat(e.kind()).isEqualTo(OpsException.Kind.CONFLICT);
                                assertThat(e.why()).contains("all 3 connections LakebaseOps");
                            });
            var cancelled = TestTargets.deadline();
            rig.threads().execute(cancelled::cancel);
            assertThatThrownBy(() -> rig.targets().read(rig.target(), cancelled))
                    .isInstanceOfSatisfying(
                            OpsException.class,
                            e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.CANCELLED));
        } finally {
            held.forEach(ReadSession::close);
        }
        try (var next = rig.read()) {
            assertThat(next.capabilities().serverVersion()).isPositive();
        }
    }

    private static Step.SqlStep step(String sql, boolean transactional, SqlParam... params) {
        return new Step.SqlStep(
                "a test step",
                "",
                sql,
                List.of(params),
                LockLevel.NONE,
                Reversibility.REVERSIBLE,
                transactional,
                Duration.ofMillis(300),
                Duration.ofSeconds(60),
                0);
    }

    @Test
    void anExpiredDeadlineSendsNothing() {
        assertThatThrownBy(() -> rig.targets().read(rig.target(), Deadline.in(Duration.ZERO)))
                .isInstanceOf(OpsException.class);
    }

    /// The server's limit is raised for it first; that is not what is told.
    @Test
    void whoseTimeIsUpIsNamedAndNotWhatPreparesIt() {
        var deadline = Deadline.in(Duration.ofSeconds(5));
        try (var session = rig.targets().read(rig.target(), deadline)) {
            await().atMost(Duration.ofSeconds(60)).until(deadline::expired);
            assertThatThrownBy(() -> session.query(SqlName.of("schema/tables")))
                    .hasMessageContaining("schema/tables")
                    .hasMessageContaining("deadline")
                    .hasMessageNotContaining("statement_timeout");
        }
    }
}
