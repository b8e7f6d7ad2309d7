package io.lakebaseops.trial;

import static io.lakebaseops.domain.plan.LockLevel.ACCESS_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;
import io.lakebaseops.trial.FortyForms.Form;
import io.lakebaseops.trial.FortyForms.Rewrite;
import io.lakebaseops.trial.FortyForms.Scan;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What the manual and the source of PostgreSQL 17 say of each form, against what a running server
/// was seen to do.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockTracePgTest {
    private final Pg17.Database db = Pg17.shared().database("xray");
    private final TestTargets rig = TestTargets.of(db);

    static Stream<Form> inTransactions() {
        return FortyForms.inTransactions();
    }

    static Stream<Form> alone() {
        return FortyForms.alone();
    }

    @BeforeEach
    void shop() {
        FortyForms.seed(db);
    }

    @AfterAll
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @MethodSource("inTransactions")
    void theServerDoesWhatTheTableSays(Form form) {
        check(form, xray(form.sql(), true));
    }

    @ParameterizedTest
    @MethodSource("alone")
    void statementsThatRefuseATransactionAreWatchedFromOutside(Form form) throws Exception {
        boolean full = form.lock() == ACCESS_EXCLUSIVE;
        try (var other = db.dba();
                var s = other.createStatement()) {
            other.setAutoCommit(false);
            // A writer still at work: concurrent builds wait for it holding their own lock.
            s.execute(
                    full || form.sql().startsWith("vacuum")
                            ? "lock table x.t in share update exclusive mode"
                            : "update x.t set note = 'w' where id = 1");
            var release =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            Awaitility.await().until(this::somebodyWaits);
                                            var since = db.scalar("select clock_timestamp()");
                                            Awaitility.await().until(() -> looked(since));
                                            other.rollback();
                                        } catch (Exception e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            var seen = xray(form.sql(), false);
            release.join();
            assertThat(seen.sampled()).isTrue();
            check(form, seen);
        }
    }

    private boolean somebodyWaits() {
        return !"0"
                .equals(
                        db.scalar(
                                "select count(*) from pg_stat_activity where datname ="
                                        + " current_database() and wait_event_type = 'Lock'"));
    }

    /// Whether the sampler has looked at the locks since then, from beginning to end.
    private boolean looked(String since) {
        return "t"
                .equals(
                        db.scalar(
                                "select exists (select from pg_stat_activity where datname ="
                                        + " current_database() and pid <> pg_backend_pid() and query"
                                        + " like '/* lakebaseops:trial/locks_of_backend%' and state ="
                                        + " 'idle' and query_start > '"
                                        + since
                                        + "')"));
    }

    private static void check(Form form, LockTrace seen) {
        assertThat(seen.strongest()).as("lock, of %s", seen.locks()).isEqualTo(form.lock());
        if (!form.on().isEmpty()) {
            assertThat(seen.locks())
                    .as("locks")
                    .anySatisfy(
                            l -> {
                                assertThat(l.relation()).isEqualTo(form.on());
                                assertThat(l.level()).isEqualTo(form.lock());
                            });
        }
        assertThat(!seen.rewritten().isEmpty())
                .as("rewrite " + seen.rewritten())
                .isEqualTo(form.rewrite() == Rewrite.YES);
        assertThat(!seen.scanned().isEmpty())
                .as("scan " + seen.scanned())
                .isEqualTo(form.scan() == Scan.YES);
    }

    @Test
    void eachStatementOfATransactionShowsWhatItAddedAndAFailureUndoesAll() {
        var trace =
                run(
                        List.of(
                                "comment on table x.t is 'a'",
                                "alter table x.t add column c int",
                                "alter table x.t drop column missing"),
                        true);
        assertThat(trace.statements()).hasSize(3);
        var pictures = LockTrace.of(List.of("a", "b", "c"), trace);
        assertThat(pictures)
                .extracting(LockTrace::strongest)
                .containsExactly(SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE);
        assertThat(trace.statements().getLast().error()).contains("missing").contains("42703");
        assertThat(
                        db.scalar(
                                "select count(*) from pg_attribute where attrelid = 'x.t'::regclass"
                                        + " and attname = 'c'"))
                .isEqualTo("0");
    }

    @Test
    void bodiesWithSemicolonsSlicesAndOperatorsGoThroughToTheLetter() {
        var trace =
                run(
                        List.of(
                                "create function x.two() returns int language sql begin atomic"
                                        + " select 1; select 2; end",
                                "create table x.j as select '{1,2,3}'::int[] as a,"
                                        + " '{\"k\":1}'::jsonb as b",
                                "create view x.jv as select a[1:2] as s, b ? 'k' as has from x.j"),
                        true);
        assertThat(trace.statements()).allSatisfy(s -> assertThat(s.error()).isNull());
        assertThat(db.scalar("select x.two()")).isEqualTo("2");
        assertThat(db.scalar("select s::text || has from x.jv")).isEqualTo("{1,2}true");
        assertThat(run(List.of("select 1; drop table x.p"), true).statements().getFirst().error())
                .contains("2 statements");
    }

    @Test
    void theFormsAreFortyAtLeast() {
        var all = Stream.concat(inTransactions(), alone()).map(Form::sql).toList();
        assertThat(Set.copyOf(all)).hasSizeGreaterThanOrEqualTo(40);
    }

    private LockTrace xray(String sql, boolean transactional) {
        var trace = run(List.of(sql), transactional);
        assertThat(trace.statements().getFirst().error()).isNull();
        return LockTrace.of(List.of(sql), trace).getFirst();
    }

    private ScriptTrace run(List<String> sql, boolean transactional) {
        var step =
                new Step.ScriptStep(
                        "form",
                        db.name(),
                        sql.stream().map(Step.ScriptStep.Statement::of).toList(),
                        ACCESS_EXCLUSIVE,
                        Reversibility.IRREVERSIBLE,
                        transactional,
                        Patience.LONG,
                        Patience.LONG,
                        0,
                        true);
        try (var session = rig.write(db.name())) {
            return session.run(step);
        }
    }
}
