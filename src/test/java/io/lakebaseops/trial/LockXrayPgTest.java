package io.lakebaseops.trial;

import static io.lakebaseops.domain.plan.LockLevel.ACCESS_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.ACCESS_SHARE;
import static io.lakebaseops.domain.plan.LockLevel.EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.NONE;
import static io.lakebaseops.domain.plan.LockLevel.ROW_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_ROW_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What the manual and the source of PostgreSQL 17 say of each form, against what a running server
/// was seen to do.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockXrayPgTest {
    private final Pg17.Database db = Pg17.shared().database("xray");
    private final TestTargets rig = TestTargets.of(db);

    enum Rewrite {
        YES,
        NO
    }

    enum Scan {
        YES,
        NO
    }

    /// @param on the table that must have taken the strongest lock; empty for none
    record Form(String sql, LockLevel lock, String on, Rewrite rewrite, Scan scan) {
        @Override
        public String toString() {
            return sql;
        }
    }

    private static Form form(String sql, LockLevel lock, String on, Rewrite rewrite, Scan scan) {
        return new Form(sql, lock, on.isEmpty() ? "" : "x." + on, rewrite, scan);
    }

    static Stream<Form> inTransactions() {
        var yes = Rewrite.YES;
        var no = Rewrite.NO;
        var reads = Scan.YES;
        var none = Scan.NO;
        return Stream.of(
                form("alter table x.t add column c1 int", ACCESS_EXCLUSIVE, "t", no, none),
                form(
                        "alter table x.t add column c2 int default 7",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t add column c3 float8 default random()",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form(
                        "alter table x.t add column c4 int not null default 7",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t add column c5 int generated always as (id * 2) stored",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form("alter table x.t add column c6 bigserial", ACCESS_EXCLUSIVE, "t", yes, reads),
                form(
                        "alter table x.t add column c7 int check (c7 > 0)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form("alter table x.t drop column note", ACCESS_EXCLUSIVE, "t", no, none),
                form(
                        "alter table x.t alter column n type bigint",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form(
                        "alter table x.t alter column v type varchar(50)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form("alter table x.t alter column v type text", ACCESS_EXCLUSIVE, "t", no, none),
                form(
                        "alter table x.t alter column v type varchar(15)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form(
                        "alter table x.t alter column n set not null",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form(
                        "alter table x.t alter column k set not null",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t alter column k drop not null",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t alter column n set default 3",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t alter column n set statistics 500",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t set (fillfactor = 80)",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t add constraint ck check (n >= 0)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form(
                        "alter table x.t add constraint ck check (n >= 0) not valid",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t validate constraint later",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form(
                        "alter table x.t add constraint fk foreign key (n) references x.p",
                        SHARE_ROW_EXCLUSIVE,
                        "p",
                        no,
                        reads),
                form(
                        "alter table x.t add constraint fk foreign key (n) references x.p not"
                            + " valid",
                        SHARE_ROW_EXCLUSIVE,
                        "p",
                        no,
                        none),
                form("alter table x.t add unique (id)", ACCESS_EXCLUSIVE, "t", no, reads),
                form(
                        "alter table x.t add constraint u unique using index t_u",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form("alter table x.t rename column n to m", ACCESS_EXCLUSIVE, "t", no, none),
                form("alter table x.t rename to t2", ACCESS_EXCLUSIVE, "t2", no, none),
                form("alter table x.t set unlogged", ACCESS_EXCLUSIVE, "t", yes, reads),
                form("alter table x.t enable row level security", ACCESS_EXCLUSIVE, "t", no, none),
                form("alter table x.t disable trigger user", SHARE_ROW_EXCLUSIVE, "t", no, none),
                form("create index on x.t (n)", SHARE, "t", no, reads),
                form("drop index x.t_u", ACCESS_EXCLUSIVE, "t", no, none),
                form("reindex index x.t_u", SHARE, "t", no, reads),
                form("reindex table x.t", SHARE, "t", no, reads),
                form(
                        "create trigger tr before insert on x.t for each row execute function"
                            + " x.f()",
                        SHARE_ROW_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form("create policy po on x.t using (true)", ACCESS_EXCLUSIVE, "t", no, none),
                form("comment on table x.t is 'a'", SHARE_UPDATE_EXCLUSIVE, "t", no, none),
                form(
                        "create table x.c (id int references x.p)",
                        SHARE_ROW_EXCLUSIVE,
                        "p",
                        no,
                        none),
                form("create view x.w as select * from x.t", ACCESS_SHARE, "t", no, none),
                form("truncate x.t", ACCESS_EXCLUSIVE, "t", yes, none),
                form("drop table x.t", ACCESS_EXCLUSIVE, "t", no, none),
                form("cluster x.t using t_u", ACCESS_EXCLUSIVE, "t", yes, reads),
                form("refresh materialized view x.m", ACCESS_EXCLUSIVE, "m", yes, reads),
                form("refresh materialized view concurrently x.m", EXCLUSIVE, "m", no, reads),
                form(
                        "alter table x.parted attach partition x.part for values from (0) to (10)",
                        ACCESS_EXCLUSIVE,
                        "part",
                        no,
                        reads),
                form(
                        "alter table x.parted detach partition x.old",
                        ACCESS_EXCLUSIVE,
                        "parted",
                        no,
                        none),
                form("lock table x.t in share mode", SHARE, "t", no, none),
                form("update x.t set n = n where id = 1", ROW_EXCLUSIVE, "t", no, none),
                form("create type x.e as enum ('a')", NONE, "", no, none));
    }

    /// Locks of these are seen from outside, while somebody's open transaction makes them wait.
    static Stream<Form> alone() {
        return Stream.of(
                form(
                        "create index concurrently t_n on x.t (n)",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        Rewrite.NO,
                        Scan.YES),
                form(
                        "drop index concurrently x.t_u",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        Rewrite.NO,
                        Scan.NO),
                form(
                        "reindex index concurrently x.t_u",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        Rewrite.NO,
                        Scan.YES),
                form("vacuum full x.t", ACCESS_EXCLUSIVE, "t", Rewrite.YES, Scan.YES),
                form("vacuum x.t", SHARE_UPDATE_EXCLUSIVE, "t", Rewrite.NO, Scan.NO));
    }

    @BeforeEach
    void shop() {
        db.asDba(
                "drop schema if exists x cascade",
                "create schema x",
                "create table x.p (id int primary key)",
                "insert into x.p select g from generate_series(0, 100) g",
                "create table x.t (id int not null, n int, k int, v varchar(20), note text,"
                        + " constraint known check (k is not null))",
                "insert into x.t select g, g % 100, g, 'v' || g from generate_series(1, 3000) g",
                "alter table x.t add constraint later check (n < 1000) not valid",
                "create unique index t_u on x.t (id)",
                "analyze x.t",
                "create function x.f() returns trigger language plpgsql as 'begin return new; end'",
                "create materialized view x.m as select id from x.p",
                "create unique index on x.m (id)",
                "create table x.parted (id int) partition by range (id)",
                "create table x.old partition of x.parted for values from (100) to (200)",
                "create table x.part (id int)",
                "insert into x.part values (1), (2)");
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
                                            Thread.sleep(400);
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

    private static void check(Form form, LockXray seen) {
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
        assertThat(seen.rewrites())
                .as("rewrite " + seen.rewritten())
                .isEqualTo(form.rewrite() == Rewrite.YES);
        assertThat(seen.scans()).as("scan " + seen.scanned()).isEqualTo(form.scan() == Scan.YES);
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
        var pictures = LockXray.of(List.of("a", "b", "c"), trace);
        assertThat(pictures)
                .extracting(LockXray::strongest)
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

    private LockXray xray(String sql, boolean transactional) {
        var trace = run(List.of(sql), transactional);
        assertThat(trace.statements().getFirst().error()).isNull();
        return LockXray.of(List.of(sql), trace).getFirst();
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
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        0,
                        true);
        try (var session = rig.write(db.name())) {
            return session.run(step);
        }
    }
}
