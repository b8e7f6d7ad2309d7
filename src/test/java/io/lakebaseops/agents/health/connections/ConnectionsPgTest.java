package io.lakebaseops.agents.health.connections;

import static io.lakebaseops.testing.NastyNames.quoted;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.testing.NastyNames;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// On a server of its own: sessions of other tests must not be ended.
final class ConnectionsPgTest {
    private static final int SESSIONS = 9;

    private static Pg17 server;
    private static Pg17.Database database;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("max_prepared_transactions=5"));
        database = server.database("c");
        database.asDba("create table t(a int)", "insert into t values (1)");
        database.asAdmin(
                "create role app login password 'app'",
                "grant all on t to app",
                "create role weak login password 'w' in role pg_monitor");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static Connection session(String user, String password, String application)
            throws SQLException {
        return DriverManager.getConnection(
                database.url()
                        + "?ApplicationName="
                        + URLEncoder.encode(application, StandardCharsets.UTF_8),
                user,
                password);
    }

    private static Connection session(
            String place, String user, String password, String application) throws SQLException {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("ApplicationName", application);
        var url = database.url();
        return DriverManager.getConnection(
                url.substring(0, url.lastIndexOf('/') + 1)
                        + URLEncoder.encode(place, StandardCharsets.UTF_8),
                login);
    }

    private static TerminateIdleConnections.Input now(String... except) {
        return new TerminateIdleConnections.Input(0, 0, List.of(except), false, null);
    }

    private static String fate(TerminateIdleConnections.Output output, String application) {
        return output.sessions().stream()
                .filter(f -> f.application().equals(application))
                .map(f -> f.action() + (f.reason() == null ? "" : ": " + f.reason()))
                .findFirst()
                .orElse("not idle");
    }

    @Test
    void endsIdleOnesAndSparesTheRest() throws SQLException {
        try (var idle = session("app", "app", "web");
                var open = session("app", "app", "batch");
                var pooler = session("app", "app", "PgBouncer-1");
                var listed = session("app", "app", "report");
                var superuser = session("postgres", "", "admin");
                var busy = session("app", "app", "worker");
                var rig = ToolRig.of(database)) {
            open.setAutoCommit(false);
            open.createStatement().execute("update t set a = 2");
            busy.createStatement().execute("select 1");
            var tool = new TerminateIdleConnections(rig.targets(), rig.sql());
            var proposal = tool.propose(now("report"), rig.context());
            var output = ToolRig.found(proposal.outcome()).data();
            assertThat(fate(output, "web")).isEqualTo("end");
            assertThat(fate(output, "batch")).isEqualTo("end_transaction");
            assertThat(fate(output, "PgBouncer-1")).contains("connection pool");
            assertThat(fate(output, "report")).contains("exception");
            assertThat(fate(output, "admin")).contains("superuser");
            assertThat(proposal.plans()).hasSize(2);

            busy.createStatement().execute("select 'it did something meanwhile'");
            proposal.plans().forEach(rig::carryOut);
            assertThat(idle.isValid(60)).isFalse();
            assertThat(open.isValid(60)).isFalse();
            assertThat(busy.isValid(60)).as("woke up between plan and end").isTrue();
            assertThat(pooler.isValid(60) && listed.isValid(60) && superuser.isValid(60)).isTrue();
        }
    }

    /// Sessions that work, idle and open transactions all the time, while those that idle are
    /// ended. Whoever was inside a transaction never loses it, and who is protected is never ended.
    /// Thirty rounds; a thousand with -Dnightly.
    @Test
    void aSessionThatWakesUpWhileOthersAreEndedKeepsItsTransaction() throws Exception {
        int rounds = Integer.getInteger("lakebaseops.races", 30);
        int ended = 0;
        try (var pooler = session("app", "app", "PgBouncer-race");
                var listed = session("app", "app", "report");
                var superuser = session("postgres", "", "admin");
                var rig = ToolRig.of(database)) {
            var tool = new TerminateIdleConnections(rig.targets(), rig.sql());
            for (int round = 0; round < rounds; round++) {
                var idles = session("app", "app", "idle " + round);
                var wakes = session("app", "app", "wakes " + round);
                var proposal =
                        tool.propose(
                                new TerminateIdleConnections.Input(
                                        0, 1000, List.of("report"), false, null),
                                rig.context());
                assertThat(fate(ToolRig.found(proposal.outcome()).data(), "wakes " + round))
                        .isEqualTo("end");
                var lost = CompletableFuture.supplyAsync(() -> lostInTransaction(wakes), RACER);
                for (var plan : proposal.plans()) {
                    rig.run(plan.steps());
                }
                assertThat(lost.get(60, TimeUnit.SECONDS))
                        .as("round %d: ended inside its transaction", round)
                        .isFalse();
                if (!idles.isValid(60)) {
                    ended++;
                }
                idles.close();
                wakes.close();
            }
            assertThat(pooler.isValid(60) && listed.isValid(60) && superuser.isValid(60)).isTrue();
        }
        assertThat(ended).as("those that only idled").isEqualTo(rounds);
    }

    private static final Executor RACER = work -> Thread.ofVirtual().name("racer").start(work);

    /// Ended before it began is no loss: it idled until then.
    private static boolean lostInTransaction(Connection session) {
        boolean inside = false;
        try (var statement = session.createStatement()) {
            statement.execute("begin");
            inside = true;
            for (int i = 0; i < 5; i++) {
                statement.execute("update t set a = a + 0");
            }
            statement.execute("commit");
            return false;
        } catch (SQLException e) {
            return inside;
        }
    }

    @Test
    void ofAllThatIdleOnlyTheOneAskedForIsEnded() throws SQLException {
        try (var meant = session("app", "app", "meant");
                var other = session("app", "app", "beside it");
                var rig = ToolRig.of(database)) {
            meant.setAutoCommit(false);
            other.setAutoCommit(false);
            int pid;
            try (var rows = meant.createStatement().executeQuery("select pg_backend_pid()")) {
                rows.next();
                pid = rows.getInt(1);
            }
            other.createStatement().execute("select 1");
            var plans =
                    new TerminateIdleConnections(rig.targets(), rig.sql())
                            .propose(
                                    new TerminateIdleConnections.Input(
                                            30, 60, List.of(), false, pid),
                                    rig.context())
                            .plans();
            assertThat(plans).hasSize(1);
            plans.forEach(rig::carryOut);
            assertThat(meant.isValid(60)).isFalse();
            assertThat(other.isValid(60)).isTrue();
        }
    }

    /// What ends with a session is not always to be seen: it is spared whenever it may be there.
    @Test
    void whoHoldsALockAListenACursorOrAPreparedTransactionIsSparedWithTheReason()
            throws SQLException {
        var other = server.database("c21");
        other.asAdmin(
                "create role c21_app login password 'c21'",
                "create table t(a int)",
                "grant all on t to c21_app",
                "create role c21_web login password 'c21'",
                "create role c21_xa login password 'c21'",
                "grant all on t to c21_xa");
        try (var lock = session(other.name(), "c21_app", "c21", "s3");
                var listen = session(other.name(), "c21_app", "c21", "s4");
                var later = session(other.name(), "c21_app", "c21", "listened before");
                var cursor = session(other.name(), "c21_web", "c21", "fetches");
                var coordinator = session(other.name(), "c21_xa", "c21", "coordinator");
                var plain = session(other.name(), "app", "app", "lakebaseops web");
                var rig = ToolRig.of(other)) {
            lock.createStatement().execute("select pg_advisory_lock(21, 4711)");
            listen.createStatement().execute("/* job */ LISTEN c21_wakeup");
            later.createStatement().execute("listen c21_wakeup");
            later.createStatement().execute("select 1");
            cursor.createStatement().execute("declare c cursor with hold for select 1");
            cursor.createStatement().execute("select 1");
            coordinator.setAutoCommit(false);
            coordinator.createStatement().execute("insert into t values (1)");
            coordinator.createStatement().execute("prepare transaction 'c21_px'");
            coordinator.setAutoCommit(true);
            plain.createStatement().execute("select 1");
            var tool = new TerminateIdleConnections(rig.targets(), rig.sql());
            var input = new TerminateIdleConnections.Input(0, 0, List.of(), true, null);
            var proposal = tool.propose(input, rig.context());
            assertThat(proposal.plans()).as("a dry run files nothing").isEmpty();
            var output = ToolRig.found(proposal.outcome()).data();
            assertThat(fate(output, "s3")).isEqualTo("spare: holds an advisory lock");
            assertThat(fate(output, "s4")).isEqualTo("spare: listens for notifications");
            assertThat(fate(output, "listened before")).contains("its role listens");
            assertThat(fate(output, "fetches")).contains("its role keeps cursors open");
            assertThat(fate(output, "coordinator")).contains("prepared transaction");
            assertThat(fate(output, "lakebaseops web"))
                    .as("a name anybody can write hides nobody")
                    .isEqualTo("end");
            var plans = tool.propose(now(), rig.context()).plans();
            assertThat(plans).hasSize(1);
            plans.forEach(rig::carryOut);
            assertThat(plain.isValid(60)).isFalse();
            assertThat(lock.isValid(60) && listen.isValid(60) && later.isValid(60)).isTrue();
            coordinator.createStatement().execute("rollback prepared 'c21_px'");
        }
    }

    @Test
    void throughTheGateIdleOnesEndByThemselvesAndOpenTransactionsAfterApproval()
            throws SQLException {
        database.asAdmin("create role \"a'p :p\\\" login password 'p'");
        try (var idle = session("a'p :p\\", "p", "web 'x'");
                var open = session("a'p :p\\", "p", "b;atch");
                var gate = GateRig.of(database)) {
            open.setAutoCommit(false);
            open.createStatement().execute("select 1");
            var tools = gate.tools();
            var plans =
                    new TerminateIdleConnections(tools.targets(), tools.sql())
                            .propose(now(), tools.context())
                            .plans();
            assertThat(plans).hasSize(2);
            for (var plan : plans) {
                var done = gate.carryOut(plan);
                assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
                assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);
                assertThat(plan.undo().possible()).isFalse();
            }
            assertThat(gate.desk().history(10))
                    .extracting(p -> p.risk().level())
                    .containsExactlyInAnyOrder(RiskLevel.LOW, RiskLevel.MEDIUM);
            assertThat(idle.isValid(60)).isFalse();
            assertThat(open.isValid(60)).isFalse();
        }
    }

    /// Each role in a database of its own, idle or in a transaction by turns; the last is spared.
    @Test
    void throughTheGateSessionsOfAnyNamesEndAndOneOfAnyNameIsSpared() throws SQLException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var names = NastyNames.random(random, 3 * SESSIONS);
        var sessions = new ArrayList<Connection>();
        try (var gate = GateRig.of(database)) {
            for (int i = 0; i < SESSIONS; i++) {
                // Names of the server's own start with pg_, and the driver trims applications.
                var role = "r" + names.get(3 * i);
                var place = "d" + names.get(3 * i + 1);
                database.asAdmin(
                        "create role %s login password 'p'".formatted(quoted(role)),
                        "create database %s owner %s".formatted(quoted(place), quoted(role)));
                sessions.add(session(place, role, "p", "a" + names.get(3 * i + 2)));
                if (i % 2 == 1) {
                    sessions.getLast().setAutoCommit(false);
                    sessions.getLast().createStatement().execute("select 1");
                }
            }
            var tools = gate.tools();
            var spared = "r" + names.get(3 * (SESSIONS - 1));
            var plans =
                    new TerminateIdleConnections(tools.targets(), tools.sql())
                            .propose(now(spared), tools.context())
                            .plans();
            assertThat(plans).as("seed " + seed).hasSize(2);
            for (var plan : plans) {
                var done = gate.carryOut(plan);
                assertThat(done.state())
                        .as("seed %d: %s", seed, done.reason())
                        .isEqualTo(FiledPlan.State.DONE);
                assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);
            }
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(sessions.get(i).isValid(60))
                        .as("seed %d: %s", seed, names.subList(3 * i, 3 * i + 3))
                        .isEqualTo(i == SESSIONS - 1);
            }
        } finally {
            for (var session : sessions) {
                session.close();
            }
        }
    }

    @Test
    void withoutTheRightItSaysSo() throws SQLException {
        try (var idle = session("app", "app", "web2");
                var rig = new ToolRig(TestTargets.of(database.url(), "weak", "w"))) {
            var tool = new TerminateIdleConnections(rig.targets(), rig.sql());
            var proposal = tool.propose(now(), rig.context());
            var found = ToolRig.found(proposal.outcome());
            assertThat(found.caveats()).anyMatch(c -> c.contains("pg_signal_backend"));
            assertThat(fate(found.data(), "web2")).contains("pg_signal_backend");
            assertThat(proposal.plans()).isEmpty();
            assertThat(idle.isValid(60)).isTrue();
        }
    }

    @Test
    void showsWhoBlocksWhomAndTheTransactionBehindIt() throws SQLException, InterruptedException {
        try (var root = session("app", "app", "root");
                var waiting = session("app", "app", "waiting");
                var rig = ToolRig.of(database)) {
            root.setAutoCommit(false);
            root.createStatement().execute("lock table t in access exclusive mode");
            root.createStatement().execute("select 's3cretROOT' as word /* s3cretNOTE */");
            var thread =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (var s = waiting.createStatement()) {
                                            s.execute("select * from t where 's3cretWAIT' <> ''");
                                        } catch (SQLException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            var tool = new MonitorConnections(rig.targets(), rig.sql());
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> {
                                var found =
                                        ToolRig.found(
                                                tool.run(
                                                        new MonitorConnections.Input(0),
                                                        rig.context()));
                                assertThat(found.data().blocking()).hasSize(2);
                                var top = found.data().blocking().getFirst();
                                assertThat(top.waitsFor()).isNull();
                                assertThat(top.behind()).isEqualTo(1);
                                assertThat(found.data().blocking().get(1).waitsFor())
                                        .isEqualTo(top.pid());
                                assertThat(found.data().idleInTransaction())
                                        .anyMatch(
                                                t ->
                                                        t.application().equals("root")
                                                                && t.lockedTables()
                                                                        .contains("public.t"));
                                assertThat(found.findings())
                                        .extracting("kind")
                                        .contains(
                                                MonitorConnections.BLOCKING,
                                                MonitorConnections.IDLE_IN_TRANSACTION);
                                assertThat(found.findings().toString() + found.data())
                                        .contains("select ? as word", "select * from t where ?")
                                        .doesNotContain("s3cret");
                            });
            root.rollback();
            thread.join();
        }
    }
}
