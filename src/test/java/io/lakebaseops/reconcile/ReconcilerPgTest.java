package io.lakebaseops.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `-Dreconcile.rows=2000000` compares two million rows and prints how fast.
final class ReconcilerPgTest {
    private static final int ROWS = Integer.getInteger("reconcile.rows", 20_000);
    private static final String[] ORDER = {
        "id BIGINT",
        "customer_id BIGINT",
        "status VARCHAR",
        "coupon VARCHAR",
        "total DECIMAL(12,2)",
        "weight DOUBLE",
        "created_at TIMESTAMPTZ"
    };

    @TempDir static Path folder;

    /// Its own: rows that are younger than the oldest transaction of the whole server may be on
    /// their way.
    private static final Pg17 SERVER = Pg17.started(List.of("autovacuum=off"));

    private static Pg17.Database database;
    private static MirrorFixture mirror;

    @BeforeAll
    static void start() {
        database = SERVER.database("reconcile");
        database.asDba("create schema shop");
        database.asDba(
                "create table shop.orders (id bigint primary key, customer_id bigint, status text,"
                        + " coupon text, total numeric(12,4), weight float8, created_at timestamptz)");
        database.asDba(
                ("insert into shop.orders select g, (g * 7919::bigint) %% 5000,"
                                + " case when g %% 50 = 0 then 'returned' else 'done' end,"
                                + " case when g %% 10 = 0 then 'SAVE' || g %% 100 end,"
                                + " (500 + g %% 30000)::numeric / 100, g * 0.1::float8,"
                                + " timestamptz '2024-01-01 00:00:00.123456+00' + g * interval '17 s'"
                                + " from generate_series(1, %d) g")
                        .formatted(ROWS));
        database.asDba(
                "update shop.orders set total = 12.3456 where id = 4321", "analyze shop.orders");
        mirror = new MirrorFixture(database, folder.resolve("prod_shop"));
    }

    @AfterAll
    static void stop() {
        mirror.close();
        SERVER.stop();
    }

    /// One of each class, its key and columns known.
    @Test
    void every_seeded_defect_is_found_to_its_key_column_and_class() {
        mirror.mirror(
                "orders",
                "select id, customer_id,"
                        + " case when id = 777 then 'paid' else status end, coupon,"
                        + " round(total, 2),"
                        + " case when id = 5001 then weight::float4::float8 else weight end,"
                        + " case when id between 9000 and 9002 then created_at + interval '1 h'"
                        + " else created_at end from shop.orders where id <> 15000"
                        + " union all select -5, 1, 'gone', null, 1, 1, now()",
                ORDER);
        var began = System.nanoTime();
        var check = mirror.check("orders");
        var seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%,d rows in %.2f s: %,.0f rows/s, %d rows read twice (%.4f %%)%n",
                check.sourceRows(),
                seconds,
                check.sourceRows() / seconds,
                check.rowsReread(),
                100.0 * check.rowsReread() / check.sourceRows());
        assertThat(MirrorFixture.kinds(check))
                .containsExactlyInAnyOrder(
                        "777 stale status",
                        "15000 missing ",
                        "-5 extra ",
                        "4321 type drift total",
                        "5001 float weight",
                        "9000 time zone created_at",
                        "9001 time zone created_at",
                        "9002 time zone created_at");
        assertThat(check.sourceRows()).isEqualTo(ROWS);
        assertThat(check.drift()).isZero();
        assertThat(check.rowsReread()).isLessThan(2_000);
        if (ROWS >= 2_000_000) {
            assertThat(check.rowsReread() / (double) ROWS).isLessThanOrEqualTo(0.001);
        }
        var stale =
                check.keys().stream().filter(k -> k.kind() == DifferenceClass.STALE).findFirst();
        assertThat(stale.orElseThrow().source()).contains("done");
        assertThat(stale.orElseThrow().delta()).contains("paid");
        assertThat(check.strip()).hasSize(1024).doesNotContain(".").contains("!");
    }

    @Test
    void equal_tables_are_equal_and_no_row_is_read_twice() {
        database.asDba(
                "create table shop.equal as select * from shop.orders where id <= 3000",
                "alter table shop.equal add primary key (id)");
        mirror.mirror(
                "equal",
                "select id, customer_id, status, coupon, total, weight, created_at from shop.equal",
                "id BIGINT",
                "customer_id BIGINT",
                "status VARCHAR",
                "coupon VARCHAR",
                "total DECIMAL(12,4)",
                "weight DOUBLE",
                "created_at TIMESTAMPTZ");
        var check = mirror.check("equal");
        assertThat(check.keys()).isEmpty();
        assertThat(check.equal()).isTrue();
        assertThat(check.rowsReread()).isZero();
        assertThat(check.strip()).matches("=+");
    }

    private static final String TYPES =
            "create table shop.types (k uuid, n numeric, n2 numeric(10,4), f4 float4, f8 float8,"
                    + " tz timestamptz, ts timestamp, d date, t time, b bytea, j json, jb jsonb,"
                    + " ai int[], at text[], e shop.mood, r tstzrange, mr int4multirange, iv interval,"
                    + " dom shop.positive, c char(5), bo bool, ip inet, bits varbit, m money,"
                    + " tt timetz, v text, primary key (k, n2))";

    private static final String[] TYPED = {
        "k VARCHAR",
        "n VARCHAR",
        "n2 DECIMAL(10,4)",
        "f4 FLOAT",
        "f8 DOUBLE",
        "tz TIMESTAMPTZ",
        "ts TIMESTAMP",
        "d DATE",
        "t VARCHAR",
        "b BLOB",
        "j VARCHAR",
        "jb VARCHAR",
        "ai INTEGER[]",
        "at VARCHAR[]",
        "e VARCHAR",
        "r VARCHAR",
        "mr VARCHAR",
        "iv VARCHAR",
        "dom INTEGER",
        "c VARCHAR",
        "bo BOOLEAN",
        "ip VARCHAR",
        "bits VARCHAR",
        "m VARCHAR",
        "tt VARCHAR",
        "v VARCHAR"
    };

    /// As a pipeline writes them: keys of JSON in another order, zeros cut off, blanks filled up.
    private static final String AS_WRITTEN =
            "select upper(k::text), n, n2, f4, case f8 when 0 then '0'::text else f8::text end,"
                    + " tz, ts, d, t, regexp_replace(encode(b, 'hex'), '(..)', '\\x\\1', 'g'),"
                    + " case when j is null then null else '{\"b\":[1,{\"y\":null,\"x\":\"\u00e9\"}],  \"a.c\" : 1.50}' end, jb::text,"
                    + " replace(replace(ai::text, '{', '['), '}', ']'),"
                    + " case when at is null then null else '[\"a,b\", NULL, \"\"]' end, e, r, mr, iv, dom, c::text,"
                    + " bo, format('%s', ip), bits, m::text, tt::text, v from shop.types";

    /// A value that has one meaning has one text, however either side writes it; what has no
    /// certain text is named.
    @Test
    void every_type_that_delta_can_hold_is_the_same_on_both_sides() {
        database.asDba(
                "create type shop.mood as enum ('sad', 'ok')",
                "create domain shop.positive as int check (value > 0)",
                TYPES,
                "insert into shop.types values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1.500, 1.5, 0.1,"
                        + " 1e20, '2024-03-31 02:30:00.000001+02', '1999-12-31 23:59:59.5', '0044-03-15',"
                        + " '12:00:00.5', '\\xdeadbeef', '{\"a.c\":1.50,\"b\":[1,{\"x\":\"\u00e9\",\"y\":null}]}',"
                        + " '{\"bb\":1,\"a\":{\"z\":1,\"y\":[]}}', '{1,NULL,3}', array['a,b',null,''], 'ok',"
                        + " '[2024-01-01 00:00+00,2024-02-01 00:00+00)', '{[1,3),[7,9)}', '1 mon 2 days 03:04:05.6', 5,"
                        + " 'ab', true, '10.0.0.1', '1010', 5, '12:00+02', 'x|y~')",
                "insert into shop.types values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'NaN', -0.0001, 'NaN',"
                        + " '-0', 'infinity', '-infinity', 'infinity', '00:00', '', null, '[]', '{}', null, null,"
                        + " 'empty', '{}', '-1 day', null, '', null, '::1/64', '', null, null, '~')",
                "insert into shop.types values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a13', 100000000000000000000.10, 0, '-Infinity',"
                        + " 'Infinity', '1901-01-01 00:00+00', '2262-01-01', '9999-12-31', null, null, null, 'null',"
                        + " null, null, null, null, null, null, null, null, false, null, null, null, null, '')",
                "insert into shop.types (k, n2) values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a14', 1)");
        mirror.mirror("types", AS_WRITTEN, TYPED);
        var check = mirror.check("types");
        assertThat(MirrorFixture.kinds(check)).isEmpty();
        assertThat(check.sourceRows()).isEqualTo(4);
        assertThat(check.deltaRows()).isEqualTo(4);
        assertThat(check.columns()).hasSize(TYPED.length - 2).doesNotContain("m", "tt");
        assertThat(check.notes())
                .anyMatch(n -> n.contains("column m (money") && n.contains("lc_monetary"))
                .anyMatch(n -> n.contains("column tt (time with time zone"));
        database.asDba("update shop.types set v = 'x|y', at = array['a','b'] where v = 'x|y~'");
        var after = mirror.check("types");
        // Written after the check before, and before this one began.
        assertThat(MirrorFixture.kinds(after))
                .containsExactly("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, 1.5000 stale at+v");
    }

    @Test
    void keys_of_several_columns_and_odd_names_are_found() {
        database.asDba(
                "create table shop.\"Odd \"\"name\" (\"select\" text, \"B.c\" date, \"ü :x ?\" int,"
                        + " primary key (\"select\", \"B.c\"))",
                "insert into shop.\"Odd \"\"name\" select 'k' || g, date '2024-01-01' + g, g from generate_series(1, 500) g");
        mirror.mirror(
                "Odd \"name",
                "select \"select\", \"B.c\", \"ü :x ?\" + (\"select\" = 'k77')::int from shop.\"Odd \"\"name\" where \"select\" <> 'k5'",
                "select VARCHAR",
                "B.c DATE",
                "ü :x ? INTEGER");
        var check = mirror.check("Odd \"name");
        assertThat(MirrorFixture.kinds(check))
                .containsExactly("k5, 2024-01-06 missing ", "k77, 2024-03-18 stale ü :x ?");
        assertThat(check.ordered()).isFalse();
    }

    @Test
    void a_table_without_a_primary_key_is_refused_with_advice() {
        database.asDba("create table shop.nokey (a int)");
        mirror.mirror("nokey", "select a from shop.nokey", "a INTEGER");
        assertThatThrownBy(() -> mirror.check("nokey"))
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(OpsException.Kind.UNSUPPORTED);
                            assertThat(e.getMessage())
                                    .contains("no primary key", "add a primary key");
                        });
    }

    @Test
    void a_table_that_may_not_be_read_names_the_grant() {
        database.asAdmin("create role reconcile_weak login password 'w'");
        mirror.mirror("orders", "select id from shop.orders limit 1", "id BIGINT");
        database.asDba("grant usage on schema shop to reconcile_weak");
        try (var weak =
                new MirrorFixture(
                        database,
                        folder.resolve("prod_shop"),
                        TestTargets.of(database.url(), "reconcile_weak", "w"))) {
            assertThatThrownBy(() -> weak.check("orders"))
                    .hasMessageContaining("GRANT SELECT ON \"shop\".\"orders\"");
        }
    }

    /// The newest row of a key counts, deletes are gone, and what the feed cannot do is said.
    @Test
    void a_change_feed_is_read_as_its_newest_row_of_each_key() {
        database.asDba(
                "create table shop.feed (id int primary key, v text)",
                "insert into shop.feed values (1, 'new'), (2, 'b'), (4, 'd')");
        mirror.mirror(
                "feed",
                "values (1, 'old', 'insert', '0/10', 1), (1, 'old', 'update_preimage', '0/A0', 2),"
                        + " (1, 'new', 'update_postimage', '0/A0', 3), (2, 'b', 'insert', '0/B', 4),"
                        + " (3, 'gone', 'insert', '0/C', 5), (3, 'gone', 'delete', '1/0', 6),"
                        + " (4, 'stale', 'insert', '0/D', 7)",
                "id INTEGER",
                "v VARCHAR",
                "_pg_change_type VARCHAR",
                "_pg_lsn VARCHAR",
                "_pg_sequence INTEGER");
        var pair = mirror.pair("feed", TablePair.Kind.CHANGE_FEED);
        assertThat(mirror.reconciler().kind(pair.mirror())).isEqualTo(TablePair.Kind.CHANGE_FEED);
        var check =
                mirror.reconciler()
                        .check(
                                pair,
                                MirrorFixture.AT_ONCE,
                                CheckMonitor.NONE,
                                TestTargets.deadline());
        assertThat(MirrorFixture.kinds(check)).containsExactly("4 stale v");
        assertThat(check.deltaRows()).isEqualTo(3);
        assertThat(check.notes()).anyMatch(n -> n.contains("REPLICA IDENTITY FULL"));
    }

    private static CheckMonitor at(CheckProgress.Phase phase, Runnable once) {
        var due = new ArrayList<>(List.of(once));
        return new CheckMonitor() {
            @Override
            public void at(CheckProgress progress) {
                if (progress.phase() == phase && !due.isEmpty()) {
                    due.removeFirst().run();
                }
            }

            @Override
            public void waitWhilePaused(Deadline deadline) {}
        };
    }

    @Test
    void a_cut_connection_is_no_reason_to_begin_again() {
        database.asDba(
                "create table shop.cut as select * from shop.orders where id <= 5000",
                "alter table shop.cut add primary key (id)",
                "analyze shop.cut");
        mirror.mirror("cut", "select id from shop.cut where id <> 17", "id BIGINT");
        var check =
                mirror.reconciler()
                        .check(
                                mirror.pair("cut"),
                                MirrorFixture.AT_ONCE,
                                at(
                                        CheckProgress.Phase.SUMS,
                                        () ->
                                                database.asAdmin(
                                                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                                                + " where datname = current_database() and pid <> pg_backend_pid()"
                                                                + " and application_name = 'lakebaseops'")),
                                TestTargets.deadline());
        assertThat(check.retries()).isEqualTo(1);
        assertThat(MirrorFixture.kinds(check)).containsExactly("17 missing ");
        assertThat(check.sourceRows()).isEqualTo(5000);
    }

    /// Updated, inserted and deleted while it is compared: late is not wrong.
    @Test
    void a_table_that_is_written_to_gives_no_false_alarm() {
        database.asDba(
                "create table shop.busy as select id, status from shop.orders where id <= 5000",
                "alter table shop.busy add primary key (id)",
                "analyze shop.busy");
        mirror.mirror(
                "busy",
                "select id, case when id = 999 then 'wrong' else status end from shop.busy",
                "id BIGINT",
                "status VARCHAR");
        var writes =
                at(
                        CheckProgress.Phase.COUNT,
                        () ->
                                database.asDba(
                                        "update shop.busy set status = 'open' where id between 100 and 140",
                                        "insert into shop.busy values (9000001, 'open')",
                                        "delete from shop.busy where id = 3"));
        var pipeline =
                at(
                        CheckProgress.Phase.COMPARE,
                        () ->
                                mirror.mirror(
                                        "busy",
                                        "select id, case when id = 999 then 'wrong' when id = 120 then 'done' else status end from shop.busy",
                                        "id BIGINT",
                                        "status VARCHAR"));
        var check =
                mirror.reconciler()
                        .check(
                                mirror.pair("busy"),
                                MirrorFixture.AT_ONCE,
                                new CheckMonitor() {
                                    @Override
                                    public void at(CheckProgress progress) {
                                        writes.at(progress);
                                        pipeline.at(progress);
                                    }

                                    @Override
                                    public void waitWhilePaused(Deadline d) {}
                                },
                                TestTargets.deadline());
        assertThat(MirrorFixture.kinds(check)).containsExactly("999 stale status");
        assertThat(check.late()).as("120, changed a moment ago").isEqualTo(1);
    }
}
