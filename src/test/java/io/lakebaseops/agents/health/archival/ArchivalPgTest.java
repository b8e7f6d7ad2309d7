package io.lakebaseops.agents.health.archival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.change.archival.ArchiveProofs;
import io.lakebaseops.change.archival.ArchiveRunner.Moments;
import io.lakebaseops.change.archival.ColdStore;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.postgres.CopiedRows;
import io.lakebaseops.state.Archival;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Rows move to Delta and back, whatever their types, whoever interferes, and wherever the process
/// is killed: no row is lost, none is there twice, and what comes back is what went.
final class ArchivalPgTest {
    private static final int SAMPLE = 4;

    /// 200 and more with -Dnightly.
    private static final int RUNS = Integer.getInteger("lakebaseops.archivals", SAMPLE);

    @TempDir static Path lake;
    private static ArchiveRig rig;

    @BeforeAll
    static void start() {
        rig = ArchiveRig.of("archival", lake);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /// Eight cold rows, two warm ones, and a table that they point at.
    private static void orders(String name) {
        rig.database()
                .asDba(
                        "create table if not exists customers (id int primary key)",
                        "insert into customers values (1), (2) on conflict do nothing",
                        "drop table if exists " + name,
                        "create table %s (id bigint generated always as identity primary key, customer int references customers, note text, created_at timestamptz not null)"
                                .formatted(name),
                        "insert into %s (customer, note, created_at) select 1 + g %% 2, 'note ' || g, now() - case when g <= 8 then interval '200 days' else interval '1 day' end from generate_series(1, 10) g"
                                .formatted(name),
                        "analyze " + name);
    }

    /// The process is killed when it reaches a moment for the n-th time overall.
    private static Moments killedAt(int n, List<String> seen) {
        return (_, moment) -> {
            seen.add(moment);
            if (seen.size() == n) {
                throw new ArchiveRig.Killed(moment);
            }
        };
    }

    private static boolean survives(Step step, Moments moments) {
        try {
            rig.run(step, moments);
            return true;
        } catch (ArchiveRig.Killed _) {
            return false;
        }
    }

    private static void nothingLostNorDoubled(String table, Step step, List<String> before)
            throws Exception {
        var hot = rig.texts("select row(id)::text from " + table);
        var all = new ArrayList<>(hot);
        all.addAll(rig.archived(step));
        Collections.sort(all);
        var wanted = new ArrayList<>(before);
        Collections.sort(wanted);
        assertThat(all).isEqualTo(wanted);
    }

    /// Where to kill: at every call of a moment with -Dnightly, else at the first and the last of
    /// each kind.
    private static List<Integer> killed(Step planned) throws Exception {
        orders("killed");
        var step = ArchiveRig.small(planned);
        var undisturbed = new ArrayList<String>();
        assertThat(survives(step, killedAt(-1, undisturbed))).isTrue();
        rig.run(ArchiveRig.back(step), Moments.UNHEARD);
        return IntStream.range(0, undisturbed.size())
                .filter(
                        i ->
                                RUNS > SAMPLE
                                        || undisturbed.indexOf(undisturbed.get(i)) == i
                                        || undisturbed.lastIndexOf(undisturbed.get(i)) == i)
                .mapToObj(i -> i + 1)
                .toList();
    }

    @Test
    void killedAtEveryStepItContinuesAndRestoresIdenticalRows() throws Exception {
        int kills = 0;
        var moments = new ArrayList<String>();
        orders("killed");
        var planned = rig.plan("public.killed").steps().getFirst();
        for (int n : killed(planned)) {
            orders("killed");
            var rows = rig.hot("killed");
            var keys = rig.texts("select row(id)::text from killed");
            var step = ArchiveRig.small(planned);
            var seen = new ArrayList<String>();
            assertThat(survives(step, killedAt(n, seen))).isFalse();
            kills++;
            moments.add(seen.getLast());
            var stopped = rig.journal().find(step.order().archival()).orElseThrow();
            if (stopped.status() != Archival.Status.ARCHIVED) {
                rig.run(step, Moments.UNHEARD);
            }
            nothingLostNorDoubled("killed", step, keys);
            assertThat(rig.hot("killed")).as("killed at %s", seen.getLast()).hasSize(2);
            // Every other time the way back is killed too.
            if (!survives(
                    ArchiveRig.back(step), killedAt(n % 2 == 0 ? n : -1, new ArrayList<>()))) {
                kills++;
                rig.run(ArchiveRig.back(step), Moments.UNHEARD);
            }
            assertThat(rig.hot("killed")).isEqualTo(rows);
            assertThat(rig.archived(step)).isEmpty();
        }
        System.out.printf("archival: %d kills at %s%n", kills, new java.util.TreeSet<>(moments));
        assertThat(moments)
                .contains(
                        "begun",
                        "selected",
                        "read portion",
                        "stored portion",
                        "written portion",
                        "verified portion",
                        "deleting",
                        "before commit",
                        "after commit",
                        "noted batch",
                        "deleted portion",
                        "manifest made",
                        "ended");
    }

    /// Rows that were changed between reading and deleting stay, also when the sorting out is
    /// killed.
    @Test
    void killedWhileChangedRowsAreSortedOutNothingIsLost() throws Exception {
        var moments = new java.util.TreeSet<String>();
        orders("sorted");
        var planned = rig.plan("public.sorted").steps().getFirst();
        for (int n = 1; ; n += 2) {
            orders("sorted");
            var keys = rig.texts("select row(id)::text from sorted");
            var step = ArchiveRig.small(planned);
            assertThatThrownBy(
                            () ->
                                    rig.run(
                                            step,
                                            (_, moment) -> {
                                                if (moment.equals("deleting")) {
                                                    throw new ArchiveRig.Killed(moment);
                                                }
                                            }))
                    .isInstanceOf(ArchiveRig.Killed.class);
            rig.database().asDba("update sorted set note = 'new' where id = 3");
            var rows = rig.hot("sorted");
            var seen = new ArrayList<String>();
            boolean whole = survives(step, killedAt(n, seen));
            moments.addAll(seen);
            var stopped = rig.journal().find(step.order().archival()).orElseThrow();
            if (stopped.status() != Archival.Status.ARCHIVED) {
                rig.run(step, Moments.UNHEARD);
            }
            nothingLostNorDoubled("sorted", step, keys);
            assertThat(rig.texts("select note from sorted where id <= 8"))
                    .as("killed at %s", seen.getLast())
                    .containsExactly("new");
            assertThat(rig.proofs(step, Place.IN_ARCHIVE, Place.NOT_IN_TABLE))
                    .allMatch(ArchiveProofs.Seen::so);
            rig.run(ArchiveRig.back(step), Moments.UNHEARD);
            assertThat(rig.hot("sorted")).isEqualTo(rows);
            if (whole) {
                break;
            }
        }
        assertThat(moments).contains("before commit", "kept rows out", "deleted portion");
    }

    /// A table that is written anew moves its rows: places of rows that were read mean nothing
    /// then.
    @Test
    void aTableWrittenAnewMeanwhileIsComparedByValues() throws Exception {
        orders("rewritten");
        var keys = rig.texts("select row(id)::text from rewritten");
        var step = ArchiveRig.small(rig.plan("public.rewritten").steps().getFirst());
        rig.run(
                step,
                (_, moment) -> {
                    if (moment.equals("deleting")) {
                        rig.database()
                                .asDba(
                                        "delete from rewritten where id = 2",
                                        "vacuum full rewritten");
                    }
                });
        var all = new ArrayList<>(rig.texts("select row(id)::text from rewritten"));
        assertThat(all).hasSize(2);
        all.addAll(rig.archived(step));
        keys.remove("(2)");
        assertThat(all).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void numbersOfEverySizeComeBackAsTheyWere() throws Exception {
        rig.database()
                .asDba(
                        "create table numbers (id int primary key, at date not null, a numeric(9,0), b numeric(18,4), c numeric(18,0), d numeric(38,10), e numeric(38,38), f numeric(5,5))",
                        "insert into numbers select g, '2020-01-01', (random() - 0.5) * 10 ^ (g % 9), ((random() - 0.5) * 10 ^ (g % 14))::numeric, ((random() - 0.5) * 10 ^ (g % 18))::numeric, ((random() - 0.5) * 10 ^ (g % 28))::numeric, (random() - 0.5) / 10 ^ (g % 38), (random() - 0.5) / 10 ^ (g % 5) from generate_series(1, 2000) g",
                        "insert into numbers values (0, '9999-12-31', -999999999, 99999999999999.9999, -999999999999999999, 9999999999999999999999999999.9999999999, 0.99999999999999999999999999999999999999, -0.99999), (-1, '0001-01-01', 0, 0.0001, 10000, 0.0000000001, 0.00000000000000000000000000000000000001, 0.00001), (-2, '2020-01-01', null, 10000, 100000000, 100000000, 0, 0)",
                        "analyze numbers");
        var before = rig.hot("numbers");
        var step = rig.plan("public.numbers").steps().getFirst();
        assertThat(rig.run(step, Moments.UNHEARD)).isEqualTo(2002);
        assertThat(rig.run(ArchiveRig.back(step), Moments.UNHEARD)).isEqualTo(2002);
        assertThat(rig.hot("numbers")).isEqualTo(before);
    }

    @Test
    void valuesOfEveryTypeComeBackAsTheyWere() throws Exception {
        rig.database()
                .asDba(
                        "create type mood as enum ('sad', 'glad')",
                        "create domain cents as numeric check (value >= 0)",
                        "create type pair as (a int, b text)",
                        """
                        create table kinds (id uuid default gen_random_uuid(), part int, at timestamptz not null,
                         b bool, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric, n2 numeric(12,3), m cents,
                         t text, v varchar(9), c char(7), "date" date, ts timestamp, ti time, tz timetz, iv interval,
                         by bytea, j json, jb jsonb, e mood, a int[], ta text[], r int4range, p pair, ip inet, "A b" text,
                         never timestamptz, big text, g text generated always as (t || '!') stored,
                         no bigint generated always as identity, primary key (id, part))""",
                        """
                        insert into kinds (part, at, b, i2, i4, i8, f4, f8, n, n2, m, t, v, c, "date", ts, ti, tz, iv, by, j, jb, e,
                          a, ta, r, p, ip, "A b", never, big) values
                        (1, now() - interval '100 days', true, 1, 2, 9007199254740993, 1.1, 0.1, 1.2300, 7.5, 3.10, 'a"b\\c,(d)', 'v', 'c',
                          '2024-02-29', '2024-02-29 01:02:03.000004', '01:02', '01:02+03', '1 mon 2 days', '\\x00ff', '{"b": 1,  "a":2}',
                          '{"b": 1, "a": [null, "x"]}', 'glad', '{1,NULL,3}', '{"a,b","c\\"d",""}', '[1,5)', '(1,"x y")', '10.0.0.1/8',
                          'ü𝄞', 'infinity', repeat('x', 1000000)),
                        (2, '0044-03-15 BC', false, -32768, -1, 0, 'NaN', '-0', 'NaN', -0.001, 0, '', '', '', '0001-01-01',
                          'infinity', '24:00', null, null, '', 'null', 'null', null, '{}', null, 'empty', null, null, null, null, null),
                        (3, '2020-01-01 00:00:00.5+00', null, null, null, null, '1e-40', '5e-324', 1e30, null, null, null, null, null, null,
                          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
                        (4, '2020-01-01', null, null, null, null, '1e6', 1e15, null, null, null, E'tab\\tline\\nend ', null, null, null,
                          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
                        (5, '2020-01-01', null, null, null, null, 123456.7, 123456789012345.6, null, null, null, 'NULL', null, null, null,
                          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)""",
                        "insert into kinds (part, at, f4, f8) select g, '2021-01-01', random() * 10 ^ (g % 60 - 30), random() * 10 ^ (g % 600 - 300) from generate_series(6, 1005) g",
                        "analyze kinds");
        var before = rig.hot("kinds");
        var step = rig.plan("public.kinds").steps().getFirst();
        assertThat(((Step.ArchiveStep) step).order().columns())
                .filteredOn(c -> List.of("at", "n2", "f8", "i8", "date", "by").contains(c.name()))
                .extracting(ArchiveOrder.Column::storedAs)
                .as("a time before Christ has no place in Delta's timestamp")
                .containsExactlyInAnyOrder(
                        "text", "decimal(12,3)", "double", "long", "date", "binary");
        assertThat(rig.run(step, Moments.UNHEARD)).isEqualTo(1005);
        assertThat(rig.hot("kinds")).isEmpty();
        assertThat(rig.run(ArchiveRig.back(step), Moments.UNHEARD)).isEqualTo(1005);
        assertThat(rig.hot("kinds")).isEqualTo(before);
        assertThat(rig.proofs(step, Place.IN_TABLE, Place.NOT_IN_ARCHIVE))
                .allMatch(ArchiveProofs.Seen::so);
    }

    @Test
    void rowsThatSomebodyChangesMeanwhileStayAndLeaveTheArchive() throws Exception {
        orders("touched");
        var step = ArchiveRig.small(rig.plan("public.touched").steps().getFirst());
        rig.run(
                step,
                (_, moment) -> {
                    if (moment.equals("deleting")) {
                        rig.database()
                                .asDba(
                                        "update touched set note = 'new' where id = 3",
                                        "delete from touched where id = 6");
                    }
                });
        assertThat(rig.texts("select id || note from touched where id <= 8"))
                .containsExactly("3new");
        assertThat(rig.archived(step))
                .containsExactlyInAnyOrder("(1)", "(2)", "(4)", "(5)", "(7)", "(8)");
        var done = rig.journal().find(step.order().archival()).orElseThrow();
        assertThat(done.rowsDeleted()).isEqualTo(6);
        assertThat(rig.proofs(step, Place.IN_ARCHIVE, Place.NOT_IN_TABLE))
                .allMatch(ArchiveProofs.Seen::so)
                .first()
                .asString()
                .contains("6 of 6 rows taken");
        assertThat(done.manifest()).contains("\"rows\":6").contains("delta_scan");
        rig.run(ArchiveRig.back(step, "(4)", "(8)"), Moments.UNHEARD);
        assertThat(rig.texts("select id from touched where id <= 8 order by id"))
                .containsExactly("3", "4", "8");
        assertThat(rig.archived(step)).containsExactlyInAnyOrder("(1)", "(2)", "(5)", "(7)");
        rig.database()
                .asDba("insert into touched overriding system value values (1, 1, 'other', now())");
        assertThatThrownBy(() -> rig.run(ArchiveRig.back(step), Moments.UNHEARD))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("(1) is in the table again");
        assertThat(rig.archived(step)).as("nothing left the archive").hasSize(4);
    }

    @Test
    void wholePartitionsAreDroppedOnlyWithExactlyWhatTheArchiveHoldsAndMadeAgain()
            throws Exception {
        int kills = 0;
        events();
        var planned = rig.plan("public.events").steps().getFirst();
        for (int n = 1; ; n += 3) {
            events();
            var rows = rig.hot("events");
            var keys = rig.texts("select row(id, at)::text from events");
            var step = ArchiveRig.small(planned);
            boolean whole = survives(step, killedAt(n, new ArrayList<>()));
            if (!whole) {
                kills++;
                var stopped = rig.journal().find(step.order().archival()).orElseThrow();
                if (stopped.status() != Archival.Status.ARCHIVED) {
                    rig.run(step, Moments.UNHEARD);
                }
            }
            assertThat(
                            rig.texts(
                                    "select inhrelid::regclass::text from pg_inherits where inhparent = 'events'::regclass"))
                    .containsExactly("events_new");
            assertThat(rig.proofs(step, Place.IN_ARCHIVE, Place.NOT_IN_TABLE))
                    .allMatch(ArchiveProofs.Seen::so);
            var all = new ArrayList<>(rig.texts("select row(id, at)::text from events"));
            all.addAll(rig.archived(step));
            assertThat(all).containsExactlyInAnyOrderElementsOf(keys);
            rig.run(ArchiveRig.back(step), Moments.UNHEARD);
            assertThat(rig.hot("events")).isEqualTo(rows);
            assertThat(rig.proofs(step, Place.IN_TABLE, Place.NOT_IN_ARCHIVE))
                    .allMatch(ArchiveProofs.Seen::so);
            if (whole) {
                break;
            }
        }
        assertThat(kills).isGreaterThan(5);
        events();
        var step = ArchiveRig.small(rig.plan("public.events").steps().getFirst());
        assertThatThrownBy(
                        () ->
                                rig.run(
                                        step,
                                        (_, moment) -> {
                                            if (moment.equals("deleting")) {
                                                rig.database()
                                                        .asDba(
                                                                "insert into events (at) values ('2020-01-05')");
                                            }
                                        }))
                .hasMessageContaining("it was written to meanwhile and stays");
        assertThat(rig.texts("select count(*) from events")).containsExactly("14");
        rig.run(ArchiveRig.back(step), Moments.UNHEARD);
        assertThat(rig.texts("select count(*) from events")).containsExactly("14");
        assertThat(rig.archived(step)).isEmpty();
    }

    private static void events() {
        rig.database()
                .asDba(
                        "drop table if exists events",
                        "create table events (id bigint generated by default as identity, at timestamptz not null, path text) partition by range (at)",
                        "create table events_a partition of events for values from ('2020-01-01') to ('2020-02-01')",
                        "create table events_b partition of events for values from ('2020-02-01') to ('2020-03-01')",
                        "create table events_new partition of events for values from ('2020-03-01') to (maxvalue)",
                        "insert into events (at, path) select '2020-01-10'::timestamptz + g * interval '1 hour', 'p' || g from generate_series(1, 6) g",
                        "insert into events (at, path) select '2020-02-10'::timestamptz + g * interval '1 hour', 'p' || g from generate_series(1, 5) g",
                        "insert into events (at, path) values (now(), 'n1'), (now(), 'n2')",
                        "analyze events");
    }

    /// Each proof holds after the run, and fails when the very thing it stands for is broken.
    @Test
    void proofsHoldAfterTheRunAndFailWhenARowIsMissingDoubledOrChanged() throws Exception {
        orders("proved");
        var planned = rig.plan("public.proved");
        var step = ArchiveRig.small(planned.steps().getFirst());
        var before = rig.texts("select row(p.*)::text from proved p where id <= 8 order by 1");
        rig.run(step, Moments.UNHEARD);
        var away = new Place[] {Place.IN_ARCHIVE, Place.NOT_IN_TABLE};
        assertThat(rig.proofs(step, away)).allMatch(ArchiveProofs.Seen::so);
        rig.database()
                .asDba(
                        "insert into proved (customer, note, created_at) values (1, 'late', '2020-01-01')");
        assertThat(rig.proofs(step, away)).as("a late row").allMatch(ArchiveProofs.Seen::so);
        rig.database()
                .asDba(
                        "insert into proved overriding system value values (3, 1, 'again', '2020-01-01')");
        assertThat(rig.proofs(step, Place.NOT_IN_TABLE))
                .containsExactly(
                        new ArchiveProofs.Seen(
                                false,
                                "1 of them are in public.proved, as well as in the archive"));
        rig.database().asDba("delete from proved where id = 3");
        var back = ArchiveRig.back(step, "(2)", "(7)");
        rig.run(back, Moments.UNHEARD);
        assertThat(rig.proofs(back, Place.IN_TABLE, Place.NOT_IN_ARCHIVE))
                .allMatch(ArchiveProofs.Seen::so)
                .first()
                .asString()
                .contains("2 of 2 rows are in public.proved again, with the values they had");
        var whole = ArchiveRig.back(step);
        rig.run(whole, Moments.UNHEARD);
        assertThat(rig.texts("select row(p.*)::text from proved p where id <= 8 order by 1"))
                .isEqualTo(before);
        var home = new Place[] {Place.IN_TABLE, Place.NOT_IN_ARCHIVE};
        assertThat(rig.proofs(whole, home)).allMatch(ArchiveProofs.Seen::so);
        rig.database().asDba("update proved set note = 'other' where id = 4");
        assertThat(rig.proofs(whole, Place.IN_TABLE).getFirst().sentence())
                .isEqualTo("8 of 8 rows are in public.proved again, 1 of them with other values");
        rig.database().asDba("delete from proved where id = 4");
        assertThat(rig.proofs(whole, Place.IN_TABLE).getFirst())
                .isEqualTo(
                        new ArchiveProofs.Seen(
                                false,
                                "7 of 8 rows are in public.proved again, with the values they had"));

        var lost = ArchiveRig.small(rig.plan("public.proved").steps().getFirst());
        rig.run(lost, Moments.UNHEARD);
        rig.cold().remove(lost.order(), List.of("(5)"));
        assertThat(rig.proofs(lost, Place.IN_ARCHIVE).getFirst())
                .matches(s -> !s.so())
                .asString()
                .contains("7 of 8 rows taken");
        assertThat(unguarded()).isZero();
        rig.database().asAdmin("alter table proved disable trigger all");
        assertThat(unguarded()).isEqualTo(1);
        assertThat(planned.proofs()).hasSize(3);
        assertThat(planned.undo().proofs()).hasSize(3);
    }

    private static long unguarded() throws Exception {
        try (var read = rig.tools().test().read()) {
            var row =
                    read.query(
                                    ColdSql.UNGUARDED,
                                    java.util.Map.of(
                                            "schema_name", "public", "table_name", "proved"))
                            .list()
                            .getFirst();
            return ((Number) row.get("not_enforced")).longValue();
        }
    }

    @Test
    void aFullDiskOrAConflictInDeltaLeavesEverythingInPlace() throws Exception {
        orders("blocked");
        var before = rig.hot("blocked");
        for (var failing : List.of("prepare", "write", "rows")) {
            var step = ArchiveRig.small(rig.plan("public.blocked").steps().getFirst());
            assertThatThrownBy(() -> rig.run(step, broken(failing), Moments.UNHEARD))
                    .hasMessageContaining("no space left");
            assertThat(rig.hot("blocked")).isEqualTo(before);
            var stopped = rig.journal().find(step.order().archival()).orElseThrow();
            assertThat(stopped.status()).isEqualTo(Archival.Status.STOPPED);
            assertThat(ArchivalPlans.standing(stopped)).isEqualTo("nothing was deleted");
            rig.run(ArchiveRig.back(step), Moments.UNHEARD);
            assertThat(rig.hot("blocked")).isEqualTo(before);
            assertThat(rig.archived(step)).isEmpty();
        }
    }

    private static ColdStore broken(String method) {
        return (ColdStore)
                Proxy.newProxyInstance(
                        ColdStore.class.getClassLoader(),
                        new Class<?>[] {ColdStore.class},
                        (_, called, arguments) -> {
                            if (called.getName().equals(method)) {
                                throw new OpsException(
                                        OpsException.Kind.INTERNAL,
                                        "Writing Delta",
                                        "no space left on device",
                                        "make room");
                            }
                            return called.invoke(rig.cold(), arguments);
                        });
    }

    @Test
    void aRowThatReadsBackOtherwiseStopsTheMoveBeforeAnythingIsDeleted() throws Exception {
        orders("torn");
        var before = rig.hot("torn");
        var step = ArchiveRig.small(rig.plan("public.torn").steps().getFirst());
        var torn =
                (ColdStore)
                        Proxy.newProxyInstance(
                                ColdStore.class.getClassLoader(),
                                new Class<?>[] {ColdStore.class},
                                (_, called, arguments) -> {
                                    if (called.getName().equals("rows")) {
                                        var into = (CopiedRows) arguments[2];
                                        CopiedRows bent = bent(into);
                                        rig.cold().rows(step.order(), (int) arguments[1], bent);
                                        return null;
                                    }
                                    return called.invoke(rig.cold(), arguments);
                                });
        assertThatThrownBy(() -> rig.run(step, torn, Moments.UNHEARD))
                .hasMessageContaining("reads back from the archive otherwise");
        assertThat(rig.hot("torn")).isEqualTo(before);
    }

    /// One bit of the last byte of every row is another.
    private static CopiedRows bent(CopiedRows into) {
        return (bytes, from, length) -> {
            var other = bytes.clone();
            other[from + length - 1] ^= 1;
            into.row(other, from, length);
        };
    }

    @Test
    void tablesThatCannotBeMovedSafelyAreRefusedWithAdvice() {
        rig.database()
                .asDba(
                        "create table keyless (at timestamptz not null)",
                        "insert into keyless values ('2020-01-01')",
                        "create table parents (id int primary key, at timestamptz not null)",
                        "insert into parents values (1, '2020-01-01'), (2, '2020-01-01')",
                        "create table children (parent int references parents on delete cascade)",
                        "create table held (id int primary key, at timestamptz not null)",
                        "insert into held values (1, '2020-01-01'), (2, '2020-01-01')",
                        "create table holders (held int references held)",
                        "insert into holders values (2)",
                        "create table watched (id int primary key, at timestamptz not null)",
                        "insert into watched values (1, '2020-01-01')",
                        "create function note_delete() returns trigger language plpgsql as 'begin return old; end'",
                        "create trigger noted before delete on watched for each row execute function note_delete()");
        assertThat(rig.refusal("public.keyless")).contains("no primary key").contains("add one");
        assertThat(rig.refusal("public.parents")).contains("delete or change rows there too");
        assertThat(rig.refusal("public.held"))
                .contains("1 rows of public.holders point at cold rows");
        assertThat(rig.refusal("public.watched")).contains("triggers (noted)");
    }

    @Test
    void coldTablesAreFoundByStatisticsAndReallyCounted() {
        orders("found");
        var found =
                io.lakebaseops.agents.ToolRig.found(
                        new IdentifyColdData(
                                        rig.tools().targets(),
                                        rig.tools().sql(),
                                        new ColdLooks(
                                                () ->
                                                        new io.lakebaseops.state.Settings(
                                                                rig.state())))
                                .run(new IdentifyColdData.Input(90, 5), rig.tools().context()));
        assertThat(found.data().candidates())
                .filteredOn(c -> c.table().equals("found"))
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.timeColumn()).isEqualTo("created_at");
                            assertThat(c.coldRows()).isEqualTo(8);
                            assertThat(c.rows()).isEqualTo(10);
                            assertThat(c.freedBytes()).isPositive().isLessThan(c.bytes());
                            assertThat(c.ready()).isTrue();
                            assertThat(c.ages()).hasSizeBetween(2, 3);
                        });
        assertThat(found.findings()).extracting(f -> f.kind()).contains(IdentifyColdData.KIND);
    }

    @Test
    void hotAndColdAnswerAsOneAndNothingElseDoes() throws Exception {
        orders("sides");
        var planned = ArchiveRig.small(rig.plan("public.sides").steps().getFirst());
        rig.run(planned, Moments.UNHEARD);
        var archivals = rig.journal();
        var query =
                new UnifiedQuery(
                        rig.tools().targets(), rig.tools().sql(), rig.lakehouse(), archivals);
        var target = rig.tools().test().target();
        var answer =
                query.ask(
                        target,
                        "public",
                        "sides",
                        "select customer, count(*) as n, max(note) as last from public.sides group by 1 order by 1",
                        io.lakebaseops.testing.TestTargets.deadline());
        assertThat(answer.rows().list()).extracting(r -> r.get("n")).containsExactly(5L, 5L);
        assertThat(answer.hotRows()).isEqualTo(2);
        assertThat(answer.coldRows()).isEqualTo(8);
        assertThat(answer.onBothSides()).isZero();
        for (var harm :
                List.of(
                        "select 1; select 2",
                        "delete from sides",
                        "select * from customers",
                        "select * from pg_shadow",
                        "with d as (delete from sides returning 1) select * from d",
                        "select * from sides for update",
                        "selekt",
                        "copy sides to '/tmp/x'")) {
            assertThatThrownBy(
                            () ->
                                    query.ask(
                                            target,
                                            "public",
                                            "sides",
                                            harm,
                                            io.lakebaseops.testing.TestTargets.deadline()))
                    .as(harm)
                    .isInstanceOf(OpsException.class);
        }
        for (var reach :
                List.of(
                        "select * from read_text('/etc/passwd')",
                        "select * from sides, read_csv('/etc/passwd')",
                        "select nosuch('secret') from sides")) {
            assertThatThrownBy(
                            () ->
                                    query.ask(
                                            target,
                                            "public",
                                            "sides",
                                            reach,
                                            io.lakebaseops.testing.TestTargets.deadline()))
                    .as(reach)
                    .isInstanceOf(OpsException.class)
                    .hasMessageNotContaining("secret");
        }
        var view =
                io.lakebaseops.agents.ToolRig.found(
                        new CreateUnifiedAccessView(archivals, query)
                                .propose(
                                        new CreateUnifiedAccessView.Input(
                                                "public.sides", null, "prod"),
                                        rig.tools().context())
                                .outcome());
        assertThat(view.data().statement())
                .contains("create or replace view ops_catalog.lakebase_archive.`public__sides_all`")
                .contains("cast(`id` as bigint) as `id`")
                .contains("from `prod`.`public`.`sides`");
    }

    /// Killed at random again and again until it is done.
    @Test
    void killedAtRandomAgainAndAgainNothingIsLost() throws Exception {
        var random = new Random(11);
        int kills = 0;
        orders("restless");
        var planned = rig.plan("public.restless").steps().getFirst();
        for (int run = 0; run < RUNS; run++) {
            orders("restless");
            var rows = rig.hot("restless");
            var keys = rig.texts("select row(id)::text from restless");
            var step = ArchiveRig.small(planned);
            while (!survives(step, killedAt(1 + random.nextInt(20), new ArrayList<>()))) {
                kills++;
                if (rig.journal().find(step.order().archival()).orElseThrow().status()
                        == Archival.Status.ARCHIVED) {
                    break;
                }
            }
            nothingLostNorDoubled("restless", step, keys);
            while (!survives(
                    ArchiveRig.back(step), killedAt(1 + random.nextInt(12), new ArrayList<>()))) {
                kills++;
            }
            assertThat(rig.hot("restless")).isEqualTo(rows);
        }
        System.out.printf("archival: %d runs, %d kills, no row lost or doubled%n", RUNS, kills);
        assertThat(rig.lakehouse().rowCount(OpsTables.DATA_ARCHIVAL_HISTORY.name())).isPositive();
    }
}
