package io.lakebaseops.twin;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;
import io.lakebaseops.testing.TestTwin;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

class PlannerTwinPgTest {
    private static <T> T use(
            TestTwin twin, TestTargets rig, ReadSession real, Function<TwinDatabase, T> work) {
        return twin.twin().use(rig.target(), real, Set.of(), TestTargets.deadline(), work);
    }

    private static void same(TwinDatabase here, ReadSession real, String statement) {
        same(here, real, statement, 0.01);
    }

    private static void same(TwinDatabase here, ReadSession real, String statement, double close) {
        var there = Planned.read(real.explain(new ExplainText(statement)));
        var plan = here.plan(statement);
        assertThat(plan.refusal()).as(statement).isNull();
        assertThat(plan.shape()).as(statement).isEqualTo(there.shape());
        assertThat(plan.rows()).as(statement).isEqualTo(there.rows());
        assertThat(Math.abs(plan.cost() - there.cost()) / Math.max(1, there.cost()))
                .as("%s: %s here, %s there", statement, plan.cost(), there.cost())
                .isLessThan(close);
    }

    @Test
    void statisticsOfAllKindsOfTypesCount() {
        var db = Pg17.shared().database("twin 'types'");
        db.asDba(
                "create schema \"S.1\"",
                "create type \"S.1\".mood as enum ('sad', 'ok', 'happy')",
                "create domain \"S.1\".score as int check (value >= 0)",
                "create table \"S.1\".\"t.t\" (gone int, id bigint primary key, m \"S.1\".mood, s"
                        + " \"S.1\".score, tags text[], v varchar(20), c char(4), u uuid, r int4range,"
                        + " d date, at timestamptz, n numeric, ip cidr, doc jsonb, words tsvector, b bytea,"
                        + " flag bool, x float8)",
                "insert into \"S.1\".\"t.t\" select null, g, (array['sad','ok','ok','happy'])[1 + g % 4]::\"S.1\".mood,"
                        + " g % 300, array['a' || g % 7, 'b''\"\\' || g % 50], 'v' || g % 200, 'c' || g % 90,"
                        + " md5(g::text)::uuid, int4range(g % 900, g % 900 + 20), date '2024-01-01' + g % 700,"
                        + " now() - g * interval '1 minute', g % 555 / 10.0, ('10.0.' || g % 200 || '.0/24')::cidr,"
                        + " jsonb_build_object('k', g % 9), to_tsvector('english', 'word' || g % 60 || ' thing'),"
                        + " decode(lpad(to_hex(g % 99), 4, '0'), 'hex'), g % 10 = 0, g / 3.0"
                        + " from generate_series(1, 20000) g",
                "alter table \"S.1\".\"t.t\" drop column gone",
                "create index on \"S.1\".\"t.t\" (m)",
                "create index on \"S.1\".\"t.t\" using gin (tags)",
                "create index on \"S.1\".\"t.t\" using brin (d)",
                "create index on \"S.1\".\"t.t\" (lower(v::text)) where flag",
                "create index on \"S.1\".\"t.t\" using hash (u)",
                "create statistics \"S.1\".both (ndistinct, dependencies) on s, n from \"S.1\".\"t.t\"",
                "create table \"S.1\".p (k int, day date) partition by range (day)",
                "create table \"S.1\".p1 partition of \"S.1\".p for values from ('2024-01-01') to ('2025-01-01')",
                "create table \"S.1\".p2 partition of \"S.1\".p for values from ('2025-01-01') to ('2026-01-01')",
                "create index on \"S.1\".p (k)",
                "insert into \"S.1\".p select g, date '2024-01-01' + g % 700 from generate_series(1, 20000) g",
                "vacuum analyze");
        try (var rig = TestTargets.of(db);
                var twin = TestTwin.open();
                var real = rig.read()) {
            use(
                    twin,
                    rig,
                    real,
                    here -> {
                        assertThat(here.leftOut()).isEmpty();
                        for (var condition :
                                List.of(
                                        "m = 'happy'",
                                        "s = 7",
                                        "s between 10 and 20",
                                        "tags @> array['a3']",
                                        "v = 'v7'",
                                        "v like 'v1%'",
                                        "c = 'c5'",
                                        "u = '00000000-0000-4000-8000-000000000000'",
                                        "r && int4range(10, 30)",
                                        "d = '2024-03-01'",
                                        "d > '2025-09-01'",
                                        "n < 3",
                                        "ip = '10.0.7.0/24'",
                                        "words @@ to_tsquery('english', 'word7')",
                                        "b = '\\x0007'",
                                        "lower(v) = 'v7' and flag",
                                        "x > 6000",
                                        "s = 7 and n = 0.7")) {
                            same(here, real, "select * from \"S.1\".\"t.t\" where " + condition);
                        }
                        // What pages of a GIN index hold only its own metapage tells.
                        same(
                                here,
                                real,
                                "select * from \"S.1\".\"t.t\" where tags = array['a1', 'x']",
                                0.1);
                        same(
                                here,
                                real,
                                "select s, n, count(*) from \"S.1\".\"t.t\" group by 1, 2");
                        same(here, real, "select * from \"S.1\".p where k = $1");
                        same(
                                here,
                                real,
                                "select * from \"S.1\".p where day = '2025-02-03' and k < 5000");
                        return null;
                    });
        }
    }

    /// What the watched database brings along is somebody else's code.
    @Test
    void functionsOfTheWatchedDatabaseRunWithoutRights() throws Exception {
        var db = Pg17.shared().database("twin_hostile");
        var trace = Files.createTempDirectory("lakebaseops-trace-").resolve("seen");
        db.asDba(
                "create function tell(i int) returns int language plpgsql immutable as $f$ begin begin"
                        + " execute format('copy (select 1) to program %L', 'touch "
                        + trace
                        + "'); exception when others then null; end; return i; end $f$",
                "create domain told as int check (tell(value) is not null)",
                "create table t (a int, b told, check (tell(a) > 0))",
                "insert into t select g, g % 10 from generate_series(1, 2000) g",
                "create index on t (tell(a)) where tell(1) = 1",
                "create view v as select * from t where a = tell(5)",
                "analyze");
        try (var rig = TestTargets.of(db);
                var twin = TestTwin.open();
                var real = rig.read()) {
            use(
                    twin,
                    rig,
                    real,
                    here -> {
                        assertThat(here.plan("select * from v where b = tell(3)").made()).isTrue();
                        here.with(
                                List.of(
                                        new NewIndex(
                                                "public",
                                                "t",
                                                "n",
                                                "create index n on t (b) where a > tell(2)",
                                                4,
                                                "a > tell(2)")),
                                () -> here.plan("select * from t where b = 3"));
                        return null;
                    });
        }
        assertThat(trace).doesNotExist();
    }

    @Test
    void whatItHoldsLiesInAFolderOfItsOwnerAndGoesOnRequest() throws Exception {
        var db = Pg17.shared().database("twin_values");
        db.asDba(
                "create table t (secret text)",
                "insert into t select 'seen-by-nobody' from generate_series(1, 500)",
                "analyze");
        try (var rig = TestTargets.of(db);
                var twin = TestTwin.open();
                var real = rig.read()) {
            assertThat(twin.folder()).isEmptyDirectory();
            use(twin, rig, real, here -> here.plan("select * from t"));
            assertThat(twin.twin().isThere()).isTrue();
            try (var places = Files.list(twin.folder())) {
                for (var place : places.toList()) {
                    assertOwnerOnly(place);
                    assertThat(Files.readString(place.resolve("postgres.log")))
                            .doesNotContain("seen-by-nobody");
                }
            }
            twin.twin().endIdle();
            assertThat(twin.twin().isThere()).as("just used").isTrue();
            twin.twin().delete();
            assertThat(twin.twin().isThere()).isFalse();
            assertThat(twin.folder()).isEmptyDirectory();
            assertThatThrownBy(
                            () ->
                                    use(
                                            twin,
                                            rig,
                                            real,
                                            _ -> {
                                                throw new IllegalStateException("half-way");
                                            }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(twin.twin().isThere()).as("after a failure").isFalse();
        }
    }

    @Test
    void aTableWithoutTheRightToReadIsNamed() {
        var db = Pg17.shared().database("twin_rights");
        db.asAdmin(
                "create table hidden (a int)",
                "insert into hidden select g from generate_series(1, 1000) g",
                "create table seen (a int)",
                "insert into seen select g from generate_series(1, 1000) g",
                "create role twin_reader login password 'dba'",
                "grant select on seen to twin_reader",
                "grant usage on schema public to twin_reader",
                "analyze");
        try (var rig = TestTargets.of(db.url(), "twin_reader", "dba");
                var twin = TestTwin.open();
                var real = rig.read()) {
            use(
                    twin,
                    rig,
                    real,
                    here -> {
                        assertThat(here.withoutStatistics()).containsExactly("public.hidden");
                        return null;
                    });
        }
    }

    /// A hundred; five hundred with -Dnightly.
    @Test
    void hundredsOfTablesAreTakenAlongInSeconds() throws Exception {
        int tables = Integer.getInteger("lakebaseops.twin.tables", 100);
        var db = Pg17.shared().database("twin_many");
        db.asDba(
                "create schema many",
                "do $$ begin for i in 1.."
                        + tables
                        + " loop execute format('create table many.t%s (id bigint"
                        + " primary key, a int, b text, at timestamptz default now(), c numeric%s)', i,"
                        + " case when i > 1 then ', parent bigint references many.t' || i - 1 else '' end);"
                        + " execute format('create index on many.t%s (a, b)', i);"
                        + " execute format('insert into many.t%s (id, a, b, c) select g, g %% 7, ''b'' || g, g from"
                        + " generate_series(1, 200) g', i); end loop; end $$",
                "analyze");
        try (var rig = TestTargets.of(db);
                var twin = TestTwin.open();
                var real = rig.read()) {
            var took =
                    Fastest.of(
                            3,
                            Duration.ofSeconds(5),
                            () -> {
                                twin.twin().delete();
                                return Fastest.wall(
                                        () ->
                                                use(
                                                        twin,
                                                        rig,
                                                        real,
                                                        here -> {
                                                            same(
                                                                    here,
                                                                    real,
                                                                    "select * from many.t7 where a"
                                                                            + " = 3 and b = 'b10'");
                                                            assertThat(here.leftOut()).isEmpty();
                                                            return here;
                                                        }));
                            });
            System.out.printf("twin of %d tables made in %d ms%n", tables, took.toMillis());
        }
    }

    @Test
    void aServerOfAnotherVersionIsRefused() {
        assertThatThrownBy(
                        () ->
                                TwinImage.check(
                                        java.util.Map.of(
                                                "server_version_num",
                                                "180001",
                                                "block_size",
                                                "8192")))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("version 18");
    }
}
