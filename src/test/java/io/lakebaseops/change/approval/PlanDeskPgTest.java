package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;
import io.lakebaseops.testing.Undoing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

class PlanDeskPgTest {
    private static final String DEFINITION =
            "select pg_get_indexdef(oid) from pg_class where relname = 'i'";

    private DeskRig rig;

    @BeforeEach
    void open() {
        rig = new DeskRig();
        rig.shop.asDba(
                "create table t (a int, b text)",
                "insert into t select n, 'x' || n from generate_series(1, 100) n",
                "create index i on t using btree (a desc nulls last, lower(b)) include (b)"
                        + " with (fillfactor = 80) where a > 5");
    }

    @AfterEach
    void close() {
        assertThat(rig.audit.verify()).isInstanceOf(AuditLog.ChainState.Intact.class);
        rig.close();
    }

    @Test
    void theHistoryOfAServerIsNotPushedOutByThatOfAnother() {
        var here = kept(rig.target(), 0);
        var elsewhere = new TargetId("elsewhere", "shop", "production");
        var others = IntStream.rangeClosed(1, 3).mapToObj(n -> kept(elsewhere, n)).toList();
        assertThat(rig.desk.history(2)).extracting(FiledPlan::id).isSubsetOf(others).hasSize(2);
        assertThat(rig.desk.history(rig.target(), 2))
                .extracting(FiledPlan::id)
                .containsExactly(here);
    }

    private UUID kept(TargetId target, int n) {
        var step = rig.step("Build", "create index k%d on t (a)".formatted(n));
        var subject = Subject.index(rig.shop.name(), "public", "t", "k" + n);
        var filed = rig.desk.file(rig.plan(target, subject, step));
        rig.desk.reject(filed.id(), Actor.human("ada"), "not now", null);
        return filed.id();
    }

    @Test
    void anApprovedDropIsDoneVerifiedAndUndoneToTheIdenticalIndex() {
        var before = rig.shop.scalar(DEFINITION);
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        assertThat(plan.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(rig.desk.waiting()).extracting(FiledPlan::id).containsExactly(plan.id());

        assertThat(rig.approve(plan)).isInstanceOf(Decision.Granted.class);
        assertThat(rig.shop.scalar(DEFINITION)).isNull();
        var done = rig.found(plan);
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.decidedBy()).isEqualTo("kim");
        assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);

        assertThat(Undoing.of(rig.desk, plan.id(), DeskRig.PERSON, "wanted it back"))
                .isInstanceOf(Decision.Granted.class);
        assertThat(rig.shop.scalar(DEFINITION)).isEqualTo(before);
        assertThat(rig.found(plan).state()).isEqualTo(State.UNDONE);
        assertThat(rig.audit.entries(100).reversed())
                .extracting(AuditLog.AuditEntry::kind)
                .containsExactly(
                        "filed",
                        "decision",
                        "intent",
                        "receipt",
                        "done",
                        "verification",
                        "filed",
                        "decision",
                        "intent",
                        "receipt",
                        "done",
                        "undone",
                        "verification");
        for (var ran : rig.desk.history(10)) {
            assertThat(new PlanHistory(rig.state).receipts(ran.id()))
                    .extracting(Receipt::outcome)
                    .containsExactly(Receipt.Outcome.DONE);
        }
    }

    @Test
    void aGrantOpensNoDoorForOtherStatementsNorAfterTheRun() {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        assertThat(rig.approve(plan)).isInstanceOf(Decision.Granted.class);
        var permit = rig.permits.getFirst();
        for (var step :
                List.of(
                        (Step.SqlStep) plan.plan().steps().getFirst(),
                        rig.step("Other", "truncate t"))) {
            try (var session =
                    rig.targets
                            .targets()
                            .write(rig.target(), rig.shop.name(), permit, TestTargets.deadline())) {
                assertThatThrownBy(() -> session.run(step))
                        .isInstanceOfSatisfying(
                                OpsException.class,
                                e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.DENIED));
            }
        }
        assertThat(rig.shop.scalar("select count(*) from t")).isEqualTo("100");
    }

    @Test
    void filingTheSamePlanAgainGivesTheOneAlreadyThere() {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        assertThat(rig.desk.file(rig.dropIndex("public", "t", "i")).id()).isEqualTo(plan.id());
        assertThat(rig.desk.waiting()).hasSize(1);
    }

    @Test
    void aNewerPlanForTheSameFindingVoidsTheWaitingOne() {
        var subject = Subject.index(rig.shop.name(), "public", "t", "i");
        var older = rig.desk.file(forFinding(subject, "reindex index concurrently i"));
        var newer = rig.desk.file(forFinding(subject, "drop index concurrently i"));
        assertThat(rig.found(older).state()).isEqualTo(State.SUPERSEDED);
        assertThat(rig.desk.waiting()).extracting(FiledPlan::id).containsExactly(newer.id());
        assertThat(rig.approve(older)).isInstanceOf(Decision.Declined.class);
    }

    private io.lakebaseops.domain.plan.ChangePlan forFinding(Subject subject, String sql) {
        return rig.plan(
                subject,
                List.of(rig.step("x", sql)),
                Undo.none("none"),
                List.of(),
                List.of(),
                "finding");
    }

    @Test
    void aTargetThatChangedSinceIsLeftAlone() {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        rig.shop.asDba("drop index i", "create index i on t (b)");
        assertThat(rig.approve(plan))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).contains("the target changed"));
        assertThat(rig.found(plan).state()).isEqualTo(State.SUPERSEDED);
        assertThat(rig.shop.scalar(DEFINITION)).isNotNull();
        assertThat(new PlanHistory(rig.state).receipts(plan.id())).isEmpty();
    }

    @Test
    void anotherFingerprintThanTheOneShownIsRefused() {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        var other = new PlanFingerprint("0".repeat(64));
        assertThat(rig.desk.approve(plan.id(), other, DeskRig.PERSON, null, null))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).contains("changed after it was shown"));
        assertThat(rig.found(plan).state()).isEqualTo(State.WAITING);
    }

    @Test
    void statementsAlteredInTheDatabaseAreRefused() throws Exception {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        try (var c = admin();
                var s = c.createStatement()) {
            s.execute(
                    "update lakebaseops.change_plans set body ="
                            + " replace(body, 'drop index concurrently', 'drop index')");
        }
        assertThat(rig.approve(plan))
                .isInstanceOfSatisfying(
                        Decision.Declined.class, d -> assertThat(d.reason()).contains("altered"));
        assertThat(rig.shop.scalar(DEFINITION)).isNotNull();
        assertThat(rig.audit.verify())
                .isInstanceOfSatisfying(
                        AuditLog.ChainState.Broken.class,
                        b -> assertThat(b.why()).contains("not the one that was filed"));
        try (var c = admin();
                var s = c.createStatement()) {
            s.execute(
                    "update lakebaseops.change_plans set body ="
                            + " replace(body, 'drop index', 'drop index concurrently')");
        }
    }

    @Test
    void anExpiredPlanIsRefusedAndMarked() {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        var late = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        try (var later = new DeskRig(rig.state.settings().url(), rig.shop, Runnable::run, late)) {
            assertThat(later.approve(plan)).isInstanceOf(Decision.Expired.class);
            assertThat(later.found(plan).state()).isEqualTo(State.EXPIRED);
        }
        assertThat(rig.shop.scalar(DEFINITION)).isNotNull();
    }

    @Test
    void highRiskNeedsTheNameTypedAndAReason() {
        var subject = Subject.table(rig.shop.name(), "public", "t");
        var plan = rig.desk.file(rig.plan(subject, rig.step("Truncate", "truncate t")));
        assertThat(plan.risk().level()).isEqualTo(RiskLevel.HIGH);
        for (var typed : new String[] {null, "T", "public.tt"}) {
            assertThat(decide(plan, DeskRig.PERSON, typed, "why not"))
                    .isInstanceOf(Decision.Declined.class);
        }
        assertThat(decide(plan, DeskRig.PERSON, "public.t", " "))
                .isInstanceOf(Decision.Declined.class);
        assertThat(decide(plan, Actor.agent("health"), "public.t", "I think so"))
                .isInstanceOf(Decision.Declined.class);
        assertThat(rig.shop.scalar("select count(*) from t")).isEqualTo("100");
        assertThat(decide(plan, DeskRig.PERSON, "public.t", "test data"))
                .isInstanceOf(Decision.Granted.class);
        assertThat(rig.shop.scalar("select count(*) from t")).isEqualTo("0");
    }

    private Decision decide(FiledPlan plan, Actor by, String typed, String reason) {
        return rig.desk.approve(plan.id(), plan.fingerprint(), by, typed, reason);
    }

    @Test
    void closingWaitsForThePlanThatRuns() {
        try (var later =
                new DeskRig(
                        rig.state.settings().url(),
                        rig.shop,
                        Thread::startVirtualThread,
                        Clock.systemUTC())) {
            var subject = Subject.table(rig.shop.name(), "public", "t");
            var plan =
                    later.desk.file(later.plan(subject, later.step("V", "vacuum (analyze) \"t\"")));

            later.desk.close();

            assertThat(later.found(plan).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void lowRiskRunsByItselfOnTheGivenExecutor() {
        var tasks = new ArrayList<Runnable>();
        try (var later =
                new DeskRig(rig.state.settings().url(), rig.shop, tasks::add, Clock.systemUTC())) {
            var subject = Subject.table(rig.shop.name(), "public", "t");
            var plan =
                    later.desk.file(later.plan(subject, later.step("V", "vacuum (analyze) \"t\"")));
            assertThat(plan.state()).isEqualTo(State.WAITING);
            tasks.forEach(Runnable::run);
            var done = later.found(plan);
            assertThat(done.state()).isEqualTo(State.DONE);
            assertThat(done.decidedBy()).isEqualTo("policy");
        }
        assertThat(rig.shop.scalar("select last_vacuum is not null from pg_stat_user_tables"))
                .isEqualTo("t");
    }

    @Test
    void whatAModelProposesWaitsForAPersonEvenAtLowRisk() {
        var tasks = new ArrayList<Runnable>();
        try (var later =
                new DeskRig(rig.state.settings().url(), rig.shop, tasks::add, Clock.systemUTC())) {
            var subject = Subject.table(rig.shop.name(), "public", "t");
            var plan = later.plan(subject, later.step("V", "vacuum (analyze) \"t\""));
            var proposed = later.desk.file(by(plan, Actor.assistant("mcp client x")));
            assertThat(proposed.risk().level()).isEqualTo(RiskLevel.LOW);
            assertThat(tasks).isEmpty();
            assertThat(later.found(proposed).state()).isEqualTo(State.WAITING);
            assertThat(decide(proposed, Actor.assistant("mcp client x"), null, null))
                    .isInstanceOf(Decision.Declined.class);

            var same = later.desk.file(plan);
            assertThat(same.id()).isEqualTo(proposed.id());
            tasks.forEach(Runnable::run);
            assertThat(later.found(proposed).state())
                    .as("an agent wants the same")
                    .isEqualTo(State.DONE);
        }
    }

    private static ChangePlan by(ChangePlan p, Actor actor) {
        return new ChangePlan(
                p.target(),
                p.tool(),
                actor,
                p.verb(),
                p.title(),
                p.subject(),
                p.why(),
                p.steps(),
                p.undo(),
                p.effect(),
                p.preconditions(),
                p.proofs(),
                p.evidence(),
                p.findingFingerprint(),
                p.alertId(),
                p.createdAt(),
                p.expiresAt(),
                p.undoOf());
    }

    @Test
    void aFailedStepStopsThePlanAndSaysWhatWasApplied() {
        var subject = Subject.table(rig.shop.name(), "public", "t");
        var plan =
                rig.desk.file(
                        rig.plan(
                                subject,
                                rig.step("First", "vacuum (analyze) \"t\""),
                                rig.step("Second", "vacuum (analyze) \"no_such_table\""),
                                rig.step("Third", "vacuum (analyze) \"t\"")));
        var failed = rig.found(plan);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason())
                .contains("step 2 of 3 (Second)", "no_such_table", "applied before: First");
        assertThat(new PlanHistory(rig.state).receipts(plan.id())).hasSize(2);
    }

    @Test
    void aLockThatIsNotFreeIsSaidInPlainWords() throws Exception {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        try (var holder = rig.shop.dba();
                var s = holder.createStatement()) {
            holder.setAutoCommit(false);
            s.execute("lock table t in share mode");
            rig.approve(plan);
        }
        assertThat(rig.found(plan).reason()).contains("could not get its lock within 3 s");
        assertThat(rig.found(plan).state()).isEqualTo(State.FAILED);
    }

    @Test
    void aHalfBuiltIndexOfOursIsRemoved() throws Exception {
        var subject = Subject.table(rig.shop.name(), "public", "t");
        rig.shop.asDba("insert into t values (1, 'x1')");
        var plan =
                rig.desk.file(
                        rig.plan(
                                subject,
                                List.of(
                                        rig.step(
                                                "Build",
                                                "create unique index concurrently \"U.x\" on"
                                                        + " public.t (a)")),
                                new Undo(
                                        List.of(
                                                rig.step(
                                                        "Drop",
                                                        "drop index concurrently public.\"U.x\"")),
                                        "dropped",
                                        List.of()),
                                List.of(),
                                List.of(),
                                null));
        rig.approve(plan);
        assertThat(rig.found(plan).reason())
                .contains("could not create unique index", "was removed");
        assertThat(rig.shop.scalar("select count(*) from pg_class where relname = 'U.x'"))
                .isEqualTo("0");
        assertThat(new PlanHistory(rig.state).receipts(plan.id()))
                .extracting(Receipt::phase)
                .containsExactly(Receipt.Phase.RUN, Receipt.Phase.CLEANUP);
    }

    @Test
    void aProofThatFailsIsNotConfirmedAndOneThatCannotBeReadIsMeasuredAgain() {
        var subject = Subject.table(rig.shop.name(), "public", "t");
        var index = rig.dropIndex("public", "t", "i").proofs().getFirst();
        var wrong =
                rig.desk.file(
                        rig.plan(
                                subject,
                                List.of(rig.step("A", "vacuum (analyze) \"t\"")),
                                Undo.none(""),
                                List.of(),
                                List.of(index),
                                null));
        assertThat(rig.found(wrong).verification())
                .isInstanceOfSatisfying(
                        Verification.NotConfirmed.class,
                        v ->
                                assertThat(v.measured().getFirst())
                                        .contains("found is 1, wanted exactly 0"));

        var figure = (Postcondition.SqlFigure) index;
        var blind =
                new Postcondition.SqlFigure(
                        "Definition",
                        figure.database(),
                        figure.query(),
                        figure.params(),
                        "no_such_column",
                        Postcondition.Comparison.EQUAL,
                        1);
        var unclear =
                rig.desk.file(
                        rig.plan(
                                subject,
                                List.of(rig.step("B", "vacuum (analyze) \"t\"")),
                                Undo.none(""),
                                List.of(),
                                List.of(blind),
                                null));
        // Its kind failed a moment ago: now it asks.
        assertThat(rig.approve(unclear)).isInstanceOf(Decision.Granted.class);
        assertThat(rig.found(unclear).verification()).isInstanceOf(Verification.Inconclusive.class);
        assertThat(rig.desk.measureAgain()).isEqualTo(1);
    }

    @Test
    void aRejectedPlanCannotBeApprovedAndKeepsItsReason() {
        var plan = rig.desk.file(rig.dropIndex("public", "t", "i"));
        rig.desk.reject(plan.id(), DeskRig.PERSON, "still needed at month end");
        assertThat(rig.found(plan).reason()).isEqualTo("still needed at month end");
        assertThat(rig.approve(plan)).isInstanceOf(Decision.Declined.class);
        assertThatThrownBy(() -> rig.desk.reject(plan.id(), DeskRig.PERSON, "again"))
                .isInstanceOf(OpsException.class);
        assertThat(rig.told).extracting(FiledPlan::state).contains(State.WAITING, State.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order Items",
                "we\"ird",
                "a.b",
                "select",
                "größe_注文",
                "'; drop table t; --",
                "{index}",
                ":name $1"
            })
    void anyNameIsDroppedAndRestoredExactly(String name) {
        var q = name.replace("\"", "\"\"");
        rig.shop.asDba(
                "create schema \"S " + q + "\"",
                "create table \"S %s\".\"T %s\" (a int, b int)".formatted(q, q),
                "create index \"%s\" on \"S %s\".\"T %s\" (b)".formatted(q, q, q));
        var definition =
                "select pg_get_indexdef(indexrelid) from pg_index where indrelid = (select oid from"
                        + " pg_class where relname like 'T %')";
        var before = rig.shop.scalar(definition);
        var plan = rig.desk.file(rig.dropIndex("S " + name, "T " + name, name));
        assertThat(rig.approve(plan)).isInstanceOf(Decision.Granted.class);
        assertThat(rig.found(plan).verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(rig.shop.scalar(definition)).isNull();
        Undoing.of(rig.desk, plan.id(), DeskRig.PERSON, "back");
        assertThat(rig.found(plan))
                .as("%s", rig.found(plan).reason())
                .extracting(FiledPlan::state)
                .isEqualTo(State.UNDONE);
        assertThat(rig.shop.scalar(definition)).isEqualTo(before);
        assertThat(rig.found(plan).verification()).isInstanceOf(Verification.Confirmed.class);
    }

    private java.sql.Connection admin() throws java.sql.SQLException {
        return java.sql.DriverManager.getConnection(
                rig.state.settings().url(), Pg17.DBA, Pg17.DBA_PASSWORD);
    }
}
