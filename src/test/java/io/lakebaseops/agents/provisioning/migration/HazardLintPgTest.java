package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;
import io.lakebaseops.trial.FortyForms;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HazardLintPgTest {
    private static final int READS = 40;
    private static final String LOOK = "select v from x.\"Big One\" where id = 1";

    private final Pg17.Database db = Pg17.shared().database("lint");
    private final TestTargets rig = TestTargets.of(db);

    @BeforeAll
    void seed() {
        FortyForms.seed(db);
        db.asDba(
                "create table x.\"Big One\" (id int, \"N N\" int, v varchar(20), z int,"
                        + " constraint \"z there\" check (z is not null))",
                "insert into x.\"Big One\" select g, g, 'v', g from generate_series(1, 300000) g",
                "create index \"big idx\" on x.\"Big One\" (id)",
                "analyze x.\"Big One\"",
                "select pg_stat_force_next_flush()");
        db.asDba(Collections.nCopies(READS, LOOK).toArray(String[]::new));
    }

    @AfterAll
    void close() {
        rig.close();
    }

    private List<Hazard> lint(String... files) {
        return lint(rig, files);
    }

    private static List<Hazard> lint(TestTargets rig, String... files) {
        var all =
                Stream.iterate(0, i -> i < files.length, i -> i + 1)
                        .map(i -> MigrationFile.of("V%d__m.sql".formatted(i + 1), files[i]))
                        .toList();
        try (var session = rig.read()) {
            var live = LiveTables.read(session, HazardLint.names(all));
            return new HazardLint(live, Duration.ofSeconds(3)).lint(all);
        }
    }

    static Stream<FortyForms.Form> forms() {
        return Stream.concat(FortyForms.inTransactions(), FortyForms.alone());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theExpectedLockIsTheOneTheServerTakes(FortyForms.Form form) {
        var file = MigrationFile.of("V1__a.sql", form.sql());
        var acts = MigrationFile.acts(file.statements().getFirst());
        var strongest =
                acts.stream()
                        .map(DdlAct::lock)
                        .max(Comparator.naturalOrder())
                        .orElse(LockLevel.NONE);
        boolean unread = form.lock().compareTo(LockLevel.SHARE_UPDATE_EXCLUSIVE) < 0;
        if (!unread || !acts.isEmpty()) {
            assertThat(strongest).isGreaterThanOrEqualTo(form.lock());
        }
        if (form.rewrite() == FortyForms.Rewrite.YES && !form.sql().startsWith("truncate")) {
            assertThat(acts).extracting(a -> a.form().work()).contains(DdlForm.Work.REWRITE);
        }
    }

    @Test
    void figuresComeFromTheLiveTable() {
        var hazard =
                one(lint("alter table x.\"Big One\" alter column id type bigint"), "ALTER_TYPE");
        assertThat(hazard.relation()).isEqualTo("x.Big One");
        assertThat(hazard.secondsHigh()).isGreaterThan(0.4).isLessThan(20);
        assertThat(hazard.secondsLow()).isLessThan(hazard.secondsHigh());
        assertThat(hazard.message()).contains("300000 rows", "ACCESS EXCLUSIVE", "queries/s");
        assertThat(hazard.advice()).contains("batches");
    }

    /// The 300,000 rows came by one statement.
    @Test
    void whoWouldWaitIsCountedInStatementsNotInRows() {
        var age =
                "select extract(epoch from clock_timestamp() - stats_reset) from"
                        + " pg_stat_statements_info";
        double before = Double.parseDouble(db.scalar(age));
        var hazard =
                one(lint("alter table x.\"Big One\" alter column id type bigint"), "ALTER_TYPE");
        double after = Double.parseDouble(db.scalar(age));
        double rate = Objects.requireNonNull(hazard.wouldQueue()) / hazard.secondsHigh();
        assertThat(rate).isBetween(READS / (after + 1), (READS + 1) / before * 1.001);
    }

    @Test
    void withoutStatementStatisticsTheCrowdIsNotKnownAndSaidSo() {
        var retype = "alter table x.\"Big One\" alter column id type bigint";
        // Of its own: what a server lacks is believed for half a minute.
        try (var earlier = TestTargets.of(db);
                var later = TestTargets.of(db)) {
            lint(earlier, retype);
            db.asAdmin("drop extension pg_stat_statements");
            for (var hazards : List.of(lint(earlier, retype), lint(later, retype))) {
                var hazard = one(hazards, "ALTER_TYPE");
                assertThat(hazard.wouldQueue()).isNull();
                assertThat(hazard.message()).contains("not known", "pg_stat_statements");
            }
        } finally {
            db.asAdmin("create extension pg_stat_statements");
        }
    }

    @Test
    void whatTheLiveTableProvesHarmlessIsNotCalledAHazard() {
        assertThat(lint("alter table x.\"Big One\" alter column z set not null"))
                .noneMatch(h -> h.rule().equals("SET_NOT_NULL"));
        one(lint("alter table x.\"Big One\" alter column \"N N\" set not null"), "SET_NOT_NULL");
        assertThat(lint("alter table x.\"Big One\" alter v type varchar(50)"))
                .noneMatch(h -> h.rule().equals("ALTER_TYPE"));
    }

    @Test
    void aTableNeverAnalyzedIsNotTakenForEmpty() {
        db.asDba(
                "create table x.new (id int)",
                "insert into x.new select g from generate_series(1, 500) g; select"
                        + " pg_stat_force_next_flush()");
        var hazard =
                one(lint("alter table x.new add column c int not null"), "ADD_COLUMN_NOT_NULL");
        assertThat(hazard.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(hazard.message()).contains("500 rows");
    }

    @Test
    void tablesMadeByTheSameMigrationsAreEmptyAndNobodysYet() {
        assertThat(
                        lint(
                                "create table x.fresh (id int); alter table x.fresh add unique"
                                        + " (id);",
                                "alter table x.fresh alter id type bigint; create index on x.fresh"
                                        + " (id);"))
                .isEmpty();
    }

    @Test
    void aLockHeldWhileSomethingSlowFollowsIsTold() {
        var found =
                lint(
                        "alter table x.p add column c int;\n"
                                + "alter table x.\"Big One\" alter id type bigint;");
        var held = one(found, "LOCK_HELD_DURING_SLOW_WORK");
        assertThat(held.line()).isEqualTo(2);
        assertThat(held.message()).contains("x.p stays locked");
        one(found, "SEVERAL_TABLES_LOCKED");
        one(found, "NO_LOCK_TIMEOUT");
        assertThat(lint("set lock_timeout = '2s'; alter table x.p add column c int"))
                .noneMatch(h -> h.rule().equals("NO_LOCK_TIMEOUT"));
    }

    /// What each rule says of statements that name no table of their own, or name it loosely.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER_TYPE | alter table big_here alter column id type bigint",
                "ALTER_TYPE | alter table big_far alter column id type bigint",
                "DROP_COLUMN | create table if not exists x.t (n int); alter table x.t drop column note",
                "DROP_SCHEMA | drop schema x cascade",
                "DROP_CASCADE | drop type x.mood cascade",
                "DROP_CASCADE | drop domain x.d cascade",
                "DROP_CASCADE | drop extension pg_stat_statements cascade",
                "DROP_OWNED | drop owned by somebody",
                "CODE_NOT_READ | do $$ begin execute 'drop table x.t'; end $$",
                "TRUNCATE_CASCADE | truncate x.up cascade",
                "DEFAULT_PARTITION_SCANNED | create table x.q9 partition of x.q for values in (9)",
                "DROP_PARTITION | drop table x.q1",
                "ALTER_DOMAIN | alter domain x.d set not null",
                "ALTER_DOMAIN | alter domain x.d add check (value > 0)",
                "REINDEX | reindex schema x",
                "REINDEX | reindex table x.t",
                "ADD_PRIMARY_KEY_USING_INDEX | alter table x.pk add primary key using index pk_u",
                "ADD_COLUMN_COMPUTED | alter table x.t add column c2 x.d",
                "ADD_EXCLUSION | alter table x.t add exclude using btree (n with =)",
                "NO_LOCK_TIMEOUT | set foo.lock_timeout = '2s'; alter table x.t add c3 int",
                "NO_LOCK_TIMEOUT | alter table x.t add c3 int; set lock_timeout = '2s'",
                "LOCK_TIMEOUT_OFF | set lock_timeout = 0; alter table x.t add c3 int",
                "WRITE_ALL_ROWS | update x.t set n = (select 1 where true)",
                "WRITE_ALL_ROWS | with u as (update x.t set n = 1 returning n) select * from u",
                "WRITE_ALL_ROWS | merge into x.t using x.p on false when matched then delete",
                "SET_SCHEMA | alter table x.t set schema public",
                "RENAME | alter schema x rename to y",
                "RENAME | alter function x.f() rename to g",
                "RENAME_ENUM_LABEL | alter type x.mood rename value 'a' to 'b'",
                "ENUM_LABEL_USED | alter type x.mood add value 'new'; alter table x.t alter n set default 'new'",
                "DROP_NOT_NULL | alter table x.pk alter id drop not null",
                "INDEX_IF_NOT_EXISTS | create index concurrently if not exists ix on x.t (n)"
            })
    void whatHarmsIsSaid(String rule, String sql) {
        loose();
        one(lint(sql), rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VACUUM_FULL | vacuum (full false) x.t",
                "REINDEX | reindex (concurrently) table x.t",
                "DETACH_PARTITION | alter table x.q detach partition x.q1 finalize",
                "DROP_TABLE | create temp table t (i int); drop table t",
                "ADD_COLUMN_COMPUTED | alter table x.t add c4 text default lower('X')",
                "ADD_COLUMN_COMPUTED | alter table x.t add c4 text default current_setting('a.b')",
                "TRUNCATE_CASCADE | truncate x.down",
                "ENUM_LABEL_USED | create type x.e as enum ('a'); alter type x.e add value 'b'; create table x.z (v x.e default 'b')",
                "INDEX_IF_NOT_EXISTS | create index concurrently ix on x.t (n)"
            })
    void whatIsHarmlessIsNotRaised(String rule, String sql) {
        loose();
        assertThat(lint(sql)).extracting(Hazard::rule).doesNotContain(rule);
    }

    private void loose() {
        if (!db.scalar("select to_regclass('x.up') is null").startsWith("t")) {
            return;
        }
        db.asDba(
                "create table big_here (id int); create schema far; create table far.big_far (id int)",
                "create type x.mood as enum ('a'); create domain x.d as int check (value > 0)",
                "create table x.up (id int primary key); create table x.down (u int references x.up)",
                "create table x.q (k int) partition by list (k)",
                "create table x.q1 partition of x.q for values in (1)",
                "create table x.q0 partition of x.q default",
                "create table x.pk (id int); create unique index pk_u on x.pk (id)");
    }

    @Test
    void theAdviceOfOneFileIsHeededInTheNext() {
        var found =
                lint(
                        "alter table x.\"Big One\" add constraint nn check (\"N N\" is not null) not"
                                + " valid",
                        "alter table x.\"Big One\" validate constraint nn",
                        "alter table x.\"Big One\" alter \"N N\" set not null");
        assertThat(found).extracting(Hazard::rule).doesNotContain("SET_NOT_NULL");
    }

    @Test
    void anIndexThatIsThereAndInvalidIsNotTakenForBuilt() {
        db.asAdmin(
                "create index half on x.p (id)",
                "update pg_index set indisvalid = false where indexrelid = 'x.half'::regclass");
        var hazard =
                one(
                        lint("create index concurrently if not exists half on x.p (id)"),
                        "INDEX_IF_NOT_EXISTS");
        assertThat(hazard.severity()).isEqualTo(Severity.CRITICAL);
        db.asAdmin("drop index x.half");
    }

    /// FORCE ROW LEVEL SECURITY binds the owner, who migrates, too.
    @Test
    void aBackfillThatPoliciesHideIsToldBefore() {
        db.asAdmin(
                "create role backfiller login password 'b'",
                "create schema owned authorization backfiller",
                "create table owned.old (i int); alter table owned.old owner to backfiller",
                "alter table owned.old enable row level security, force row level security");
        var files =
                List.of(
                        "create table owned.new (i int); alter table owned.new enable row level security,"
                                + " force row level security;",
                        "update owned.new set i = 1 where i = 2; update owned.old set i = 1 where i = 2");
        var sql = files.toArray(String[]::new);
        try (var as = TestTargets.of(db.url(), "backfiller", "b")) {
            assertThat(lint(as, sql).stream().filter(h -> h.rule().equals("ROW_SECURITY")))
                    .hasSize(2)
                    .allMatch(h -> h.message().contains("without BYPASSRLS"));
        }
        try (var as = TestTargets.of(Pg17.shared().database("lint_admin"))) {
            assertThat(lint(as, "update t set i = 1"))
                    .noneMatch(h -> h.rule().equals("ROW_SECURITY"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DROP_TABLE | CRITICAL | drop table x.p",
                "DROP_COLUMN | CRITICAL | alter table x.t drop column note",
                "TRUNCATE | CRITICAL | truncate table x.t",
                "RENAME | WARNING | alter table x.t rename column n to m",
                "ADD_COLUMN_NOT_NULL | CRITICAL | alter table x.t add column c int not null",
                "CREATE_INDEX | INFO | create index on x.t (n)",
                "DROP_INDEX | INFO | drop index x.t_u",
                "ADD_FOREIGN_KEY | INFO | alter table x.t add foreign key (n) references x.p",
                "WRITE_ALL_ROWS | INFO | update x.t set n = 1",
                "VACUUM_FULL | INFO | vacuum (full) x.t",
                "REFRESH | INFO | refresh materialized view x.m",
                "ADD_COLUMN_COMPUTED | INFO | alter table x.t add c uuid default gen_random_uuid()"
            })
    void everyRuleNamesItsStatement(String rule, Severity least, String sql) {
        var hazard = one(lint(sql), rule);
        assertThat(hazard.severity()).isGreaterThanOrEqualTo(least);
        assertThat(hazard.advice()).isNotBlank();
        assertThat(hazard.message()).contains(rule.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(20) | varchar(50)",
                "varchar(20) | text",
                "varchar(20) | varchar(10)",
                "text | varchar",
                "text | varchar(9)",
                "numeric(8,2) | numeric(10,2)",
                "numeric(8,2) | numeric(10,3)",
                "numeric(8,2) | numeric",
                "int | bigint",
                "char(5) | char(9)",
                "date | timestamp",
                "bigint | int",
                "varchar | text"
            })
    void aChangeOfTypeIsInPlaceWhenTheServerKeepsTheFile(String from, String to) throws Exception {
        try (var c = db.dba();
                var s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("create table x.ty (c " + from + ")");
            s.execute("alter table x.ty alter c type " + to);
            c.rollback();
            s.execute("create table x.ty (c " + from + ")");
            var before = file(s);
            var type =
                    text(
                            s,
                            "select format_type(atttypid, atttypmod) from pg_attribute where"
                                    + " attrelid = 'x.ty'::regclass and attnum = 1");
            s.execute("alter table x.ty alter c type " + to);
            boolean kept = file(s).equals(before);
            c.rollback();
            assertThat(TypeChange.inPlace(type, to.toUpperCase(Locale.ROOT))).isEqualTo(kept);
        }
    }

    private static String file(java.sql.Statement s) throws Exception {
        return text(s, "select pg_relation_filenode('x.ty')");
    }

    private static String text(java.sql.Statement s, String sql) throws Exception {
        try (var rs = s.executeQuery(sql)) {
            rs.next();
            return rs.getString(1);
        }
    }

    private static Hazard one(List<Hazard> hazards, String rule) {
        assertThat(hazards).extracting(Hazard::rule).contains(rule);
        return hazards.stream().filter(h -> h.rule().equals(rule)).findFirst().orElseThrow();
    }
}
