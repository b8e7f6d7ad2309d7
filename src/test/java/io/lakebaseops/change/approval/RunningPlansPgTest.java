package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.Step;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A running plan is seen with whom it waits for, and cancelled at its server.
class RunningPlansPgTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private DeskRig rig;

    @BeforeEach
    void open() {
        rig = new DeskRig();
        rig.shop.asDba("create table t (a int)", "insert into t select generate_series(1, 100)");
    }

    @AfterEach
    void close() {
        assertThat(rig.audit.verifyAll()).isInstanceOf(AuditLog.ChainState.Intact.class);
        rig.close();
    }

    private Step.SqlStep patient(String title, String sql) {
        return new Step.SqlStep(
                title,
                rig.shop.name(),
                sql,
                List.of(),
                LockLevel.NONE,
                Reversibility.HARMLESS,
                false,
                LONG,
                LONG,
                0);
    }

    private FiledPlan file(Step... steps) {
        return rig.desk.file(rig.plan(Subject.table(rig.shop.name(), "public", "t"), steps));
    }

    private CompletableFuture<Decision> approveAside(FiledPlan plan) {
        var decision = new CompletableFuture<Decision>();
        Thread.startVirtualThread(
                () ->
                        decision.complete(
                                rig.desk.approve(
                                        plan.id(), plan.fingerprint(), DeskRig.PERSON, "t", "go")));
        return decision;
    }

    /// As soon as the second step waits for somebody.
    private RunningPlan waiting() {
        return await().atMost(LONG)
                .until(
                        () -> rig.desk.watchRunning().stream().findFirst().orElse(null),
                        r -> r != null && !r.waitsFor().isEmpty());
    }

    private Connection holder() throws SQLException {
        var c = rig.shop.dba();
        c.setAutoCommit(false);
        try (var s = c.createStatement()) {
            s.execute("set application_name = 'importer'");
            s.execute("lock table t in access exclusive mode");
            s.execute("select 'secret', count(*) from t");
        }
        return c;
    }

    @Test
    void itSaysWhichStepRunsAndWhomItWaitsForAndIsCancelledAtTheServer() throws Exception {
        var plan =
                file(
                        patient("Note", "create table note (a int)"),
                        patient("Build", "create index concurrently i on public.t (a)"),
                        patient("Third", "create table third (a int)"));
        try (var holder = holder();
                var s = holder.createStatement();
                var pid = s.executeQuery("select pg_backend_pid()")) {
            assertThat(pid.next()).isTrue();
            int holds = pid.getInt(1);
            var decision = approveAside(plan);
            var seen = waiting();
            assertThat(seen.plan().id()).isEqualTo(plan.id());
            assertThat(seen.step()).isEqualTo(2);
            assertThat(seen.steps()).isEqualTo(3);
            assertThat(seen.title()).isEqualTo("Build");
            assertThat(seen.elapsed()).isPositive();
            assertThat(seen.runner()).contains(Long.toString(ProcessHandle.current().pid()));
            var blocker = seen.waitsFor().getFirst();
            assertThat(blocker.pid()).isEqualTo(holds);
            assertThat(blocker.application()).isEqualTo("importer");
            assertThat(blocker.state()).isEqualTo("idle in transaction");
            assertThat(blocker.query()).contains("pg_backend_pid").doesNotContain("secret");
            // The watch has seen it wait at least once.
            await().atMost(LONG)
                    .until(
                            () -> rig.desk.watchRunning().getFirst().waitsFor().getFirst().waited(),
                            w -> w.toMillis() > 400);

            var cancelled = rig.desk.cancel(plan.id(), Actor.human("otto"));
            assertThat(decision.join()).isInstanceOf(Decision.Granted.class);
            assertThat(cancelled.ended()).isTrue();
            assertThat(cancelled.committed()).containsExactly("Note");
            assertThat(cancelled.plan().state()).isEqualTo(State.FAILED);
            assertThat(cancelled.plan().reason())
                    .contains(
                            "step 2 of 3 (Build)",
                            "cancelled by otto while it ran",
                            "applied before: Note");
            assertThat(cancelled.waited()).isPositive();
            assertThat(cancelled.waited()).isLessThanOrEqualTo(cancelled.ran());
        }
        assertThat(rig.shop.scalar("select to_regclass('third')")).isNull();
        assertThat(rig.shop.scalar("select to_regclass('note')")).isEqualTo("note");
        assertThat(
                        rig.shop.scalar(
                                "select count(*) from pg_stat_activity where query ~ 'create index' and pid <> pg_backend_pid() and state = 'active'"))
                .as("nothing goes on at the server")
                .isEqualTo("0");
        assertThat(rig.audit.entries(20))
                .filteredOn(e -> e.kind().equals("cancel"))
                .singleElement()
                .extracting(AuditLog.AuditEntry::actor)
                .isEqualTo("otto");
        assertThat(rig.desk.watchRunning()).isEmpty();
    }

    /// The build has begun, so its cancel leaves an invalid index: it is dropped all the same.
    @Test
    void whatACancelledBuildLeavesBehindIsRemoved() throws Exception {
        var plan = file(patient("Build", "create index concurrently i on public.t (a)"));
        try (var old = rig.shop.dba();
                var s = old.createStatement()) {
            old.setAutoCommit(false);
            // A build waits for every transaction that may still write: after its entry is made.
            s.execute("insert into t values (0)");
            approveAside(plan);
            waiting();
            await().atMost(LONG).until(() -> rig.shop.scalar("select to_regclass('i')") != null);
            CompletableFuture.runAsync(
                            () ->
                                    await().atMost(LONG)
                                            .until(
                                                    () ->
                                                            new PlanHistory(rig.state)
                                                                    .receipts(plan.id()).stream()
                                                                            .anyMatch(
                                                                                    r ->
                                                                                            r
                                                                                                            .phase()
                                                                                                    == Receipt
                                                                                                            .Phase
                                                                                                            .CLEANUP)),
                            Thread::startVirtualThread)
                    .thenRun(
                            () -> {
                                try {
                                    old.rollback();
                                } catch (SQLException e) {
                                    throw new AssertionError(e);
                                }
                            });
            var cancelled = rig.desk.cancel(plan.id(), DeskRig.PERSON);
            assertThat(cancelled.ended()).isTrue();
            assertThat(cancelled.plan().reason())
                    .contains(
                            "cancelled by kim while it ran", "the half-built index", "was removed");
        }
        assertThat(rig.shop.scalar("select to_regclass('i')")).isNull();
    }

    @Test
    void aScriptIsCancelledAndSaysThatNothingStays() {
        var script =
                new Step.ScriptStep(
                        "Migrate",
                        rig.shop.name(),
                        List.of(
                                Step.ScriptStep.Statement.of("create table made (a int)"),
                                Step.ScriptStep.Statement.of("select pg_sleep(100)")),
                        LockLevel.NONE,
                        Reversibility.RECOVERABLE,
                        true,
                        LONG,
                        LONG,
                        0,
                        false);
        var plan = file(script);
        approveAside(plan);
        await().atMost(LONG)
                .until(
                        () ->
                                rig.shop
                                        .scalar(
                                                "select count(*) from pg_stat_activity where query"
                                                        + " ~ '^/. lakebaseops:change.*pg_sleep.100'")
                                        .equals("1"));
        var cancelled = rig.desk.cancel(plan.id(), DeskRig.PERSON);
        assertThat(cancelled.plan().state()).isEqualTo(State.FAILED);
        assertThat(cancelled.plan().reason())
                .contains("cancelled by kim while it ran", "nothing of this script stays");
        assertThat(rig.shop.scalar("select to_regclass('made')")).isNull();
    }

    @Test
    void whatDoesNotRunHereIsNotCancelled() throws SQLException {
        var plan = file(patient("Note", "create table note (a int)"));
        assertThat(catchThrowable(() -> rig.desk.cancel(plan.id(), DeskRig.PERSON)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("it does not run; it is waiting");
        try (var c =
                        java.sql.DriverManager.getConnection(
                                rig.state.settings().url(),
                                io.lakebaseops.testing.Pg17.DBA,
                                io.lakebaseops.testing.Pg17.DBA_PASSWORD);
                var s = c.createStatement()) {
            s.execute("update lakebaseops.change_plans set state = 'RUNNING', runner = 'far/7/x'");
            assertThat(catchThrowable(() -> rig.desk.cancel(plan.id(), DeskRig.PERSON)))
                    .hasMessageContaining("another process carries it out: far/7/x");
            assertThat(rig.desk.watchRunning())
                    .singleElement()
                    .satisfies(
                            r -> {
                                assertThat(r.runner()).isEqualTo("far/7/x");
                                assertThat(r.step()).isZero();
                                assertThat(r.waitsFor()).isEmpty();
                            });
            s.execute("update lakebaseops.change_plans set state = 'WAITING', runner = null");
        }
        assertThat(Clock.systemUTC().instant()).isAfter(plan.filedAt());
    }
}
