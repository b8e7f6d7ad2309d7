package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionReport.Grade;
import io.lakebaseops.domain.connection.ConnectionReport.Part;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.domain.connection.ConnectionStage.Name;
import io.lakebaseops.domain.connection.ConnectionStage.State;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The test of a connection against a real server, and against what is none.
final class ConnectionCheckPgTest {
    private static Pg17.Database shop;

    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<ConnectionStage>> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        shop = Pg17.shared().database("checked");
        shop.asDba("create table item (id int)");
        shop.asAdmin("create role \"Check me\" login password 'c'");
    }

    @AfterAll
    static void clear() {
        shop.asAdmin("drop role \"Check me\"");
    }

    @AfterEach
    void close() {
        background.close();
    }

    private ConnectionReport check(String url, String password) {
        return check(url, password, Deadline.in(Duration.ofMinutes(1)));
    }

    private ConnectionReport check(String url, String password, Deadline deadline) {
        var door = JdbcConnectionProvider.ofUrl("checked", url, null, () -> password);
        return new ConnectionCheck(SqlLibrary.fromClassPath(), background, Clock.systemUTC())
                .run(door, "typed here", List.of(), seen::add, deadline);
    }

    private static String url(String user, String database, String more) {
        return "host=127.0.0.1 port=%d user='%s' dbname=%s %s"
                .formatted(Pg17.shared().port(), user, database, more);
    }

    private static State state(ConnectionReport report, Name name) {
        return report.stages().stream()
                .filter(s -> s.name() == name)
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void a_good_login_says_what_it_may_and_what_it_lacks_with_the_grant_for_it() {
        var report = check(url("Check me", shop.name(), ""), "c");
        assertThat(report.sentence())
                .startsWith("It works. " + shop.name() + " on 127.0.0.1:" + Pg17.shared().port())
                .contains("1 table", "PostgreSQL 17", "more would let it do all");
        assertThat(report.works()).isTrue();
        for (var name : List.of(Name.HOST, Name.PORT, Name.LOGIN, Name.VERSION, Name.RIGHTS)) {
            assertThat(state(report, name)).as(name.words()).isEqualTo(State.DONE);
        }
        assertThat(state(report, Name.TLS)).isEqualTo(State.SKIPPED);
        assertThat(report.sql())
                .contains(
                        "grant pg_monitor, pg_signal_backend, pg_maintain to \"Check me\";",
                        "create extension if not exists pgstattuple;");
        assertThat(report.checks())
                .filteredOn(c -> c.grade() == Grade.MISSING)
                .extracting(ConnectionReport.Check::what)
                .contains("pg_monitor", "pg_signal_backend", "pg_maintain", "pgstattuple");
        // The stages filled one by one.
        assertThat(seen.stream().map(l -> count(l, State.DONE)).distinct())
                .contains(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(report.cost().statements()).isEqualTo(3);
        shop.asAdmin(
                "grant pg_monitor, pg_signal_backend, pg_maintain to \"Check me\"",
                "create extension if not exists pgstattuple",
                "create extension if not exists pg_stat_statements");
        var again = check(url("Check me", shop.name(), ""), "c");
        assertThat(again.sql()).isEmpty();
        assertThat(again.sentence()).doesNotContain("more would");
    }

    private static long count(List<ConnectionStage> stages, State state) {
        return stages.stream().filter(s -> s.state() == state).count();
    }

    @Test
    void a_wrong_password_stops_at_the_login_with_the_servers_words_and_what_to_do() {
        var report = check(url("dba", shop.name(), ""), "wr0ng");
        assertThat(report.works()).isFalse();
        assertThat(report.sentence())
                .isEqualTo(
                        "Login refused for user dba on 127.0.0.1:%d: the server says the password is wrong. The way to it works."
                                .formatted(Pg17.shared().port()));
        var failure = report.failure();
        assertThat(failure.part()).isEqualTo(Part.PASSWORD);
        assertThat(failure.sqlState()).isEqualTo("28P01");
        assertThat(failure.refusedLogin()).isTrue();
        assertThat(failure.words())
                .isEqualTo("FATAL: password authentication failed for user \"dba\"");
        assertThat(failure.hints().getFirst().detail()).contains("typed here");
        assertThat(failure.hints()).anyMatch(h -> h.sql().contains("\\password dba"));
        assertThat(state(report, Name.PORT)).isEqualTo(State.DONE);
        assertThat(state(report, Name.LOGIN)).isEqualTo(State.FAILED);
        assertThat(state(report, Name.VERSION)).isEqualTo(State.COMING);
        assertThat(report.toString()).doesNotContain("wr0ng");
        // The look at TLS, and one login.
        assertThat(report.cost().connections()).isEqualTo(2);
    }

    @Test
    void a_database_that_is_none_is_answered_with_those_that_are() {
        var report = check(url("dba", "nosuch", ""), Pg17.DBA_PASSWORD);
        assertThat(report.sentence())
                .startsWith("Database nosuch does not exist on 127.0.0.1")
                .containsPattern("There are: \\w+, \\w+");
        assertThat(report.failure().part()).isEqualTo(Part.DATABASE);
    }

    @Test
    void a_server_without_tls_is_never_spoken_to_in_plain_text_when_tls_was_asked_for() {
        var report = check(url("dba", shop.name(), "sslmode=verify-full"), "dba");
        assertThat(report.sentence())
                .isEqualTo("The server has no TLS, and sslmode is verify-full.");
        assertThat(state(report, Name.TLS)).isEqualTo(State.FAILED);
        assertThat(state(report, Name.LOGIN)).isEqualTo(State.COMING);
    }

    @Test
    void a_host_and_a_port_that_are_wrong_are_told_apart() throws Exception {
        var unknown = check("host=nosuchhost.invalid user=u dbname=d", "p");
        assertThat(unknown.sentence()).isEqualTo("Host nosuchhost.invalid is not known.");
        assertThat(unknown.failure().part()).isEqualTo(Part.HOST);
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var closed = check("host=127.0.0.1 port=%d user=u dbname=d".formatted(free), "p");
        assertThat(closed.sentence())
                .isEqualTo("127.0.0.1 refuses port %d: nothing listens there.".formatted(free));
        assertThat(state(closed, Name.HOST)).isEqualTo(State.DONE);
        assertThat(state(closed, Name.PORT)).isEqualTo(State.FAILED);
    }

    @Test
    void a_server_that_does_not_answer_is_left_at_once_when_the_test_is_cancelled()
            throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var deadline = Deadline.in(Duration.ofMinutes(10));
            var url = "host=127.0.0.1 port=%d user=u dbname=d".formatted(silent.getLocalPort());
            var running =
                    CompletableFuture.supplyAsync(() -> check(url, "p", deadline), background);
            org.awaitility.Awaitility.await()
                    .until(
                            () ->
                                    !seen.isEmpty()
                                            && seen.getLast().stream()
                                                    .anyMatch(
                                                            s ->
                                                                    s.name() == Name.TLS
                                                                            && s.state()
                                                                                    == State
                                                                                            .RUNNING));
            deadline.cancel();
            assertThat(running.get().sentence()).isEqualTo("The test was cancelled.");
        }
    }

    @Test
    void every_refusal_has_its_sentence() {
        var login = new LoginAsked("db1", 5432, "shop", "me", "verify-full", "", List.of());
        var said = new ArrayList<String>();
        for (var e :
                List.<Exception>of(
                        new ServerTooOldException("15.18"),
                        new SQLException("no", "53300"),
                        new SQLException("no", "57P03"),
                        new SQLException("FATAL: no pg_hba.conf entry for host", "28000"),
                        new SQLException("role me does not exist", "28000"),
                        new SQLException("no password was provided", "08004"),
                        new SQLException("permission denied for database", "42501"),
                        new SQLException(
                                "x",
                                "08006",
                                new javax.net.ssl.SSLHandshakeException("PKIX path building")),
                        new SQLException(
                                "The hostname db1 could not be verified by hostnameverifier",
                                "08006"),
                        new java.net.NoRouteToHostException("no route"))) {
            var refusal =
                    ConnectionRefusal.of(
                            e,
                            Name.LOGIN,
                            login,
                            new TlsPeek("TLSv1.3", List.of("other"), java.util.Optional.empty()));
            assertThat(refusal.failure().hints()).as(refusal.sentence()).isNotEmpty();
            said.add(refusal.stage().words() + ": " + refusal.sentence());
        }
        assertThat(said)
                .containsExactly(
                        "Version: This is PostgreSQL 15.18; LakebaseOps needs 17 or newer.",
                        "Login: No connection slot is free on db1.",
                        "Login: db1 is starting up or shutting down.",
                        "Login: No pg_hba.conf line lets user me into database shop from this"
                                + " address.",
                        "Login: Login refused for user me on db1.",
                        "Login: db1 asks for a password, and none is known for user me.",
                        "Login: User me may not connect to database shop.",
                        "TLS: The certificate of db1 is not trusted.",
                        "TLS: The certificate is for another name: other.",
                        "Login: No answer from db1 within 10 s: firewall or wrong address.");
    }
}
