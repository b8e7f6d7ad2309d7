package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.testing.DriverThreads;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class FaultsPgTest {
    private static final SqlName SLEEP = SqlName.of("faults/sleep");
    private static final SqlName WHERE = SqlName.of("faults/where_am_i");
    private static final Pg17.Database DB = Pg17.shared().database("faults");

    /// What would have waited for its statement, its time limit or for ever did not.
    private static final Duration FAR_BEFORE = Duration.ofSeconds(20);

    /// Long enough to be handed an open connection and to ask one thing on a busy machine.
    private static final Duration SOON = Duration.ofSeconds(4);

    @TempDir Path dir;
    private FrozenPipe pipe;
    private TestTargets rig;

    @BeforeEach
    void open() throws Exception {
        pipe = new FrozenPipe(DB.server().port());
        rig = rig("dba");
    }

    private TestTargets rig(String password) throws Exception {
        var url = DB.url().replace(":" + DB.server().port() + "/", ":" + pipe.port() + "/");
        var door = JdbcConnectionProvider.ofUrl("test", url, "dba", () -> password);
        return TestTargets.of(door, door.target(), FaultLibrary.in(dir));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        pipe.close();
    }

    private ReadSession read(Duration time) {
        return rig.targets().read(rig.target(), Deadline.in(time));
    }

    /// Connected once, so that a short deadline is not spent on connecting.
    private void warm() {
        try (var session = read(Patience.LONG)) {
            session.query(WHERE);
        }
    }

    private static OpsException failure(ThrowingCallable work) {
        return catchThrowableOfType(OpsException.class, work);
    }

    @Test
    void aStatementIsCancelledAtTheDeadlineAndItsConnectionNotUsedAgain() {
        warm();
        long start = System.nanoTime();
        try (var session = read(SOON)) {
            var e = failure(() -> session.query(SLEEP, Map.of("seconds", 60)));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.what()).contains("faults/sleep");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_BEFORE);
        try (var session = read(Patience.LONG)) {
            assertThat(session.query(SLEEP, Map.of("seconds", 0.01)).size()).isEqualTo(1);
        }
        Awaitility.await().until(() -> sleepers().equals("0"));
    }

    private static String sleepers() {
        return String.valueOf(
                DB.scalar(
                        "select count(*) from pg_stat_activity where state = 'active' and query"
                                + " like '%faults/sleep%' and pid <> pg_backend_pid()"));
    }

    @Test
    void aConnectionLostInItsFirstMomentIsReplaced() {
        pipe.cutAt("capability/session_start");
        warm();
        warm();
        assertThat(pipe.accepted()).isGreaterThan(1);
    }

    @Test
    void cancellingStopsTheStatementOnTheServer() {
        var deadline = Deadline.in(Patience.LONG);
        try (var session = rig.targets().read(rig.target(), deadline)) {
            rig.threads()
                    .execute(
                            () -> {
                                Awaitility.await().until(() -> sleepers().equals("1"));
                                deadline.cancel();
                            });
            var e = failure(() -> session.query(SLEEP, Map.of("seconds", 60)));
            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sleepers().equals("0"));
    }

    @Test
    void aFrozenServerHoldsNoThreadBeyondDeadlinePlusPatience() {
        warm();
        try (var session = read(SOON)) {
            session.query(WHERE);
            pipe.freeze(true);
            long start = System.nanoTime();
            var e = failure(() -> session.query(WHERE));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_BEFORE);
        }
        // Nobody waits inside the driver any more, the attempts to cancel included.
        Awaitility.await().until(DriverThreads.now()::allLeft);
        pipe.freeze(false);
        try (var session = read(Patience.LONG)) {
            assertThat(session.query(WHERE).size()).isEqualTo(1);
        }
    }

    @Test
    void connectingToAFrozenServerEndsAtTheDeadline() {
        pipe.freeze(true);
        long start = System.nanoTime();
        var e = failure(() -> read(Duration.ofMillis(700)));
        assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_BEFORE);
        Awaitility.await().until(DriverThreads.now()::allLeft);
    }

    @Test
    void aRefusedLoginIsToldAtOnceAndTriedOnce() throws Exception {
        try (var wrong = rig("wrong")) {
            int before = pipe.accepted();
            long start = System.nanoTime();
            var e =
                    failure(
                            () ->
                                    wrong.targets()
                                            .read(
                                                    wrong.target(),
                                                    Deadline.in(Duration.ofSeconds(60))));
            assertThat(e.kind()).isEqualTo(Kind.DENIED);
            assertThat(e.why()).contains("28P01");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAR_BEFORE);
            Thread.sleep(700);
            assertThat(pipe.accepted() - before).isEqualTo(1);
            // Asking again by itself sends nothing more; a person's word is a new attempt, one.
            var again =
                    failure(() -> wrong.targets().read(wrong.target(), Deadline.in(Patience.LONG)));
            assertThat(again.why()).contains("Login refused for user dba");
            assertThat(pipe.accepted() - before).isEqualTo(1);
            assertThat(wrong.targets().condition(wrong.target()))
                    .isInstanceOf(TargetCondition.LoginRefused.class);
            wrong.targets().tryAgain(wrong.target());
            failure(() -> wrong.targets().read(wrong.target(), Deadline.in(Patience.LONG)));
            Thread.sleep(300);
            assertThat(pipe.accepted() - before).isEqualTo(2);
        }
    }

    @Test
    void anUnknownDatabaseIsNotTriedAgain() {
        int before = pipe.accepted();
        var e =
                failure(
                        () ->
                                rig.targets()
                                        .read(rig.target(), "no such", Deadline.in(Patience.LONG)));
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(pipe.accepted() - before).isEqualTo(1);
    }

    @Test
    void nobodyListeningIsTriedBrieflyThenSaid() throws Exception {
        // Not one that was free just now: a neighbour's server may be given it.
        var door =
                JdbcConnectionProvider.ofUrl(
                        "test", "jdbc:postgresql://127.0.0.1:1/x", "dba", () -> "dba");
        try (var nobody = TestTargets.of(door, door.target())) {
            long start = System.nanoTime();
            var e =
                    failure(
                            () ->
                                    nobody.targets()
                                            .read(
                                                    nobody.target(),
                                                    Deadline.in(Duration.ofSeconds(60))));
            var took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(took).isBetween(Duration.ofMillis(500), FAR_BEFORE);
        }
    }

    @Test
    void cutConnectionsAreReplacedWithoutAFailedRound() throws Exception {
        try (var session = read(Patience.LONG)) {
            session.query(WHERE);
        }
        pipe.cut();
        Thread.sleep(600);
        try (var session = read(Patience.LONG)) {
            assertThat(session.query(WHERE).size()).isEqualTo(1);
        }
    }

    @Test
    void aFileOwnTimeoutIsKeptByTheServerAndTheConnectionStaysUsable() {
        try (var session = read(Patience.LONG)) {
            assertThat(failure(() -> session.query(SqlName.of("faults/short"))).kind())
                    .isEqualTo(Kind.TIMEOUT);
        }
        try (var session = read(Patience.LONG)) {
            var row = session.query(WHERE).list().getFirst();
            assertThat(row)
                    .containsEntry("statement_timeout", "30s")
                    .containsEntry("lock_timeout", "1s")
                    .containsEntry("search_path", "pg_catalog")
                    .containsEntry("application_name", "lakebaseops");
        }
    }

    @Test
    void valuesOfAllTypesArriveAndLookalikesOfMarkersAreLeftAlone() {
        var at = Instant.parse("2026-03-01T10:15:30.123456Z");
        var names = Arrays.asList("a,b", "q\"u'o\\te", null, "{x}", "");
        try (var session = read(Patience.LONG)) {
            var row =
                    session.query(
                                    SqlName.of("faults/types"),
                                    Map.of(
                                            "t",
                                            "it's :t {t} $$",
                                            "n",
                                            Long.MIN_VALUE,
                                            "ts",
                                            at,
                                            "names",
                                            names,
                                            "ids",
                                            List.of(1, -2),
                                            "i",
                                            Duration.ofMillis(90_061_500),
                                            "b",
                                            true,
                                            "x",
                                            new byte[] {0, -1, 39}))
                            .list()
                            .getFirst();
            assertThat(row)
                    .containsEntry("t", "it's :t {t} $$")
                    .containsEntry("n", Long.MIN_VALUE)
                    .containsEntry("ts", at)
                    .containsEntry("names", names)
                    .containsEntry("ids", List.of(1, -2))
                    .containsEntry("i", Duration.ofMillis(90_061_500))
                    .containsEntry("b", true)
                    .containsEntry("s", ":not a marker")
                    .containsEntry("d", ":nor this {one}")
                    .containsEntry("q", true)
                    .containsEntry("e", "':esc")
                    .containsEntry("u", "A");
            assertThat((byte[]) row.get("x")).containsExactly(0, -1, 39);
        }
    }

    @Test
    void aQueryForANewerServerIsRefusedWithTheReason() {
        try (var session = read(Patience.LONG)) {
            var e = failure(() -> session.query(SqlName.of("faults/future")));
            assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(e.why()).contains("PostgreSQL 99");
            assertThatThrownBy(() -> session.query(SLEEP, Map.of()))
                    .hasMessageContaining("faults/sleep needs a value for :seconds");
        }
    }
}
