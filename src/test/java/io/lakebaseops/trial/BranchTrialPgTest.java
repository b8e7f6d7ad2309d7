package io.lakebaseops.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.testing.Child;
import io.lakebaseops.trial.QueryComparison.Verdict;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BranchTrialPgTest {
    private static final Actor ADA = Actor.human("ada");

    private TrialRig rig;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new TrialRig(dir);
        rig.run(
                "production",
                "create extension if not exists pg_stat_statements",
                "create table orders (id int primary key, customer int, note text)",
                "insert into orders select g, g % 5000, repeat('x', 40) from generate_series(1, 150000) g",
                "create index orders_customer on orders (customer)",
                "create table notes (id int primary key, body text)",
                "insert into notes select g, 'b' from generate_series(1, 1000) g",
                "vacuum analyze",
                "select pg_stat_statements_reset()");
        for (int i = 0; i < 5; i++) {
            rig.run(
                    "production",
                    "select count(*) from orders o where o.customer = " + i,
                    "select body from notes where id between " + i + " and " + (i + 2) + " limit 5",
                    "select count(*) from orders where length(note) = " + i);
        }
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    static Step script(String... statements) {
        return new Step.ScriptStep(
                "Try it",
                "databricks_postgres",
                Stream.of(statements).map(Step.ScriptStep.Statement::of).toList(),
                LockLevel.ACCESS_EXCLUSIVE,
                Reversibility.IRREVERSIBLE,
                true,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                0,
                true);
    }

    @Test
    void aTrialShowsLocksSlowerAndBrokenQueriesAndLeavesNothing() {
        var report = withoutIndex();
        // What else the machine does may hide the difference from a careful judge.
        for (int i = 0; i < 4 && verdict(report, "o.customer =") != Verdict.SLOWER; i++) {
            report = withoutIndex();
        }
        assertThat(report.failure()).isNull();
        assertThat(report.xrays())
                .extracting(LockTrace::strongest)
                // The third adds nothing: the first locked the table already.
                .containsExactly(
                        LockLevel.ACCESS_EXCLUSIVE, LockLevel.ACCESS_EXCLUSIVE, LockLevel.NONE);
        assertThat(report.xrays().getLast().rewritten()).containsExactly("public.orders");
        assertThat(verdict(report, "o.customer =")).isEqualTo(Verdict.SLOWER);
        assertThat(verdict(report, "from notes")).isEqualTo(Verdict.BROKEN);
        assertThat(verdict(report, "length(note)")).isEqualTo(Verdict.SKIPPED);
        assertThat(report.worse()).hasSize(2);
        assertThat(report.bytesBefore()).isPositive();
        assertThat(report.cleanup()).isEqualTo("the branch was deleted");
        assertThat(rig.exists(report.branch().branch())).isFalse();
        // Production is as it was.
        rig.run(
                "production",
                "select body from notes limit 1",
                "drop index orders_customer",
                "create index orders_customer on orders (customer)");
    }

    private TrialReport withoutIndex() {
        return rig.trial()
                .run(
                        new BranchTrial.Wanted(rig.production, "drop it", 20, ADA),
                        _ ->
                                List.of(
                                        script(
                                                "drop index orders_customer",
                                                "alter table notes drop column body",
                                                "alter table orders alter column id type bigint")),
                        TrialRig.soon());
    }

    private static Verdict verdict(TrialReport report, String text) {
        return report.queries().stream()
                .filter(q -> q.query().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.queries() + " " + report.caveats()))
                .verdict();
    }

    @Test
    void aFailingChangeIsReportedAndTheBranchGone() {
        var report =
                rig.trial()
                        .run(
                                new BranchTrial.Wanted(rig.production, "fails", 0, ADA),
                                _ -> List.of(script("create table a ()", "select 1 / 0")),
                                TrialRig.soon());
        assertThat(report.failure()).contains("statement 2 of 2", "division by zero");
        assertThat(report.cleanup()).isEqualTo("the branch was deleted");
        assertThat(rig.exists(report.branch().branch())).isFalse();
    }

    @Test
    void aCancelBeforeTheStatementBeganSendsNothingAndDeletesTheBranch() {
        var deadline = TrialRig.soon();
        var name = new AtomicReference<String>();
        var failure =
                org.assertj.core.api.Assertions.catchThrowable(
                        () ->
                                rig.trial()
                                        .run(
                                                new BranchTrial.Wanted(
                                                        rig.production, "stopped", 0, ADA),
                                                trial -> {
                                                    name.set(trial.target().branch());
                                                    assertThat(deadline.shielded()).isTrue();
                                                    deadline.cancel();
                                                    return List.of(
                                                            script("select 1"),
                                                            script("select pg_sleep(100)"));
                                                },
                                                deadline));
        assertThat(failure)
                .isInstanceOfSatisfying(
                        io.lakebaseops.domain.OpsException.class,
                        e -> {
                            assertThat(e.kind())
                                    .isEqualTo(io.lakebaseops.domain.OpsException.Kind.CANCELLED);
                        });
        assertThat(deadline.shielded()).isFalse();
        assertThat(rig.exists(name.get())).isFalse();
        assertThat(rig.gate.desk.history(20))
                .noneMatch(
                        p ->
                                p.plan().title().contains("stopped")
                                        && p.plan().steps().getFirst() instanceof Step.ScriptStep);
    }

    @Test
    void aTrialThatThrowsStillDeletesItsBranch() {
        var name = new AtomicReference<String>();
        assertThatThrownBy(
                        () ->
                                rig.trial()
                                        .run(
                                                new BranchTrial.Wanted(
                                                        rig.production, "throws", 0, ADA),
                                                t -> {
                                                    name.set(t.target().branch());
                                                    throw new IllegalStateException("bug");
                                                },
                                                TrialRig.soon()))
                .hasMessage("bug");
        assertThat(rig.exists(name.get())).isFalse();
    }

    @Test
    void whatAKilledProcessLeftIsSweptAtTheNextStartAndWhatIsInUseIsNot() throws Exception {
        var name = BranchTrial.freshName("Crash, here!");
        assertThat(name).startsWith("trial-crash-here-");
        var lakebase = rig.lakebase.lakebase();
        try (var child =
                Child.of(
                        TryingProcess.class,
                        lakebase.host(),
                        lakebase.token(),
                        rig.gate.stateUrl,
                        name)) {
            assertThat(child.line()).isEqualTo("branch made");
            // In the middle of what it tries.
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    rig.gate.desk.history(20).stream()
                                            .anyMatch(
                                                    p ->
                                                            p.plan().target().branch().equals(name)
                                                                    && p.state()
                                                                            == FiledPlan.State
                                                                                    .RUNNING));
            assertThat(rig.trial().sweep(ADA, TrialRig.soon())).contains(name + ": still in use");
            assertThat(rig.exists(name)).isTrue();
            child.kill();
        }
        // What it held goes with its sessions.
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                rig.trial()
                                        .sweep(ADA, TrialRig.soon())
                                        .contains(name + ": the branch was deleted"));
        assertThat(rig.exists(name)).isFalse();
        assertThat(rig.trial().sweep(ADA, TrialRig.soon())).isEmpty();
    }

    @Test
    void sqlOnABranchNobodyOfUsMadeIsNoTrial() {
        rig.lakebase.branch(
                "projects/shop",
                "ci-pr-99",
                io.lakebaseops.local.api.SdkFixture.expiring(Duration.ofHours(1)));
        var plan = rig.gate.desk.file(plan("ci-pr-99"));
        assertThat(plan.risk().level()).isNotEqualTo(RiskLevel.LOW);
        assertThat(plan.state()).isEqualTo(FiledPlan.State.WAITING);
    }

    private io.lakebaseops.domain.plan.ChangePlan plan(String branch) {
        var now = java.time.Instant.now();
        return new io.lakebaseops.domain.plan.ChangePlan(
                new io.lakebaseops.domain.TargetId("local", "shop", branch),
                "some_tool",
                ADA,
                "Try",
                "Try on " + branch,
                io.lakebaseops.domain.Subject.branch(branch),
                "because",
                List.of(script("drop table notes")),
                io.lakebaseops.domain.plan.Undo.none("none"),
                new io.lakebaseops.domain.plan.ExpectedEffect("none", null, null),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                now,
                now.plusSeconds(600));
    }
}
