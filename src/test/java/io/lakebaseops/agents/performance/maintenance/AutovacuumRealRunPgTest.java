package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is simulated against an autovacuum that looks every second, on a server of its own: which
/// table is vacuumed when, and how high its dead rows pile up. Rows die in steps of a quarter of a
/// second: where the machine is too slow for them, their clock goes slower too.
final class AutovacuumRealRunPgTest {
    private static final int ROWS = 20_000;
    private static final Duration STEP = Duration.ofMillis(250);

    /// Of 2,000 ids: twice as many as the last table needs.
    private static final int MOST_STEPS = 140;

    private static Pg17 server;

    /// @param perSecond rows that die
    private record Busy(String name, int perSecond, int limit) {}

    /// Past their limits after 2, 5, 8, 12, 16 and 19 seconds.
    private static final List<Busy> TABLES =
            List.of(
                    new Busy("a", 2_000, 4_000),
                    new Busy("b", 1_500, 7_500),
                    new Busy("c", 1_000, 8_000),
                    new Busy("d", 800, 9_600),
                    new Busy("e", 500, 8_000),
                    new Busy("f", 300, 5_700));

    /// Three of them, soon past their limits: 4, 1 and 7 seconds.
    private static final List<Busy> SAMPLE =
            List.of(
                    new Busy("a", 1_000, 4_000),
                    new Busy("b", 2_000, 2_000),
                    new Busy("c", 800, 5_600));

    /// @param order of the first vacuum of each table
    /// @param peaks of dead rows
    private record Seen(List<String> order, Map<String, Long> peaks) {}

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("autovacuum_naptime=1s", "autovacuum_max_workers=3"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static AutovacuumSchedule simulated(List<Busy> tables, Duration run, int divided) {
        return AutovacuumSchedule.of(
                tables.stream()
                        .map(
                                t ->
                                        new AutovacuumSchedule.Load(
                                                "public." + t.name(),
                                                0,
                                                t.perSecond() * 3_600.0,
                                                (double) t.limit() / divided,
                                                1 << 20,
                                                1 << 20))
                        .toList(),
                AutovacuumSchedule.Server.of(3, Duration.ofSeconds(1), 200, 2, 2, 20),
                run);
    }

    private static List<String> order(AutovacuumSchedule schedule) {
        return schedule.runs().stream()
                .map(r -> r.table().substring("public.".length()))
                .distinct()
                .toList();
    }

    /// The first vacuum of each table comes in the order simulated.
    @Test
    void tablesAreVacuumedInTheOrderSimulated() throws SQLException {
        var run = Duration.ofSeconds(10);
        var schedule = simulated(SAMPLE, run, 1);
        var real = run(server.database("sample_run"), SAMPLE, 1, run);

        System.out.printf(
                "autovacuum: simulated order %s, real %s, peaks %s%n",
                order(schedule), real.order(), real.peaks());
        assertThat(order(schedule)).containsExactly("b", "a", "c");
        assertThat(real.order()).as("vacuumed at all").isNotEmpty();
        assertThat(alike(order(schedule), real.order())).isGreaterThanOrEqualTo(0.8);
    }

    /// Takes a minute, so it is part of the nightly run.
    @Test
    @EnabledIfSystemProperty(named = "lakebaseops.autovacuum", matches = "real")
    void peaksAreAsSimulatedAndTheProposedLimitsLowerThem() throws SQLException {
        var run = Duration.ofSeconds(24);
        var database = server.database("real_run");
        var today = run(database, TABLES, 1, run);
        var schedule = simulated(TABLES, run, 1);
        System.out.printf("simulated %s, real %s%n", order(schedule), today.order());
        assertThat(alike(order(schedule), today.order())).isGreaterThanOrEqualTo(0.8);
        // A quarter of the limits, as a proposal for them would be.
        var proposed = run(database, TABLES, 4, run);
        var less = simulated(TABLES, run, 4);
        for (var t : TABLES) {
            double expected = schedule.of("public." + t.name()).peak();
            long real = today.peaks().get(t.name());
            System.out.printf(
                    "%s: peak simulated %,.0f, real %,d; with a quarter of the limit %,.0f, real %,d%n",
                    t.name(),
                    expected,
                    real,
                    less.of("public." + t.name()).peak(),
                    proposed.peaks().get(t.name()));
            assertThat(expected).as("peak of " + t.name()).isBetween(real * 0.6, real * 1.4);
        }
        for (var t : TABLES.subList(0, 5)) {
            assertThat(proposed.peaks().get(t.name()))
                    .as("peak of " + t.name())
                    .isLessThan(today.peaks().get(t.name()));
        }
    }

    /// At every nap, while the table beside it, with limits that fit, is done at once.
    @Test
    void aTableThatKeepsItsRowsUnfrozenPastItsLimitIsVisitedAgainAndAgain() {
        var database = server.database("revisits");
        database.asDba(
                "create table revisited with (autovacuum_freeze_max_age = 100000) as select 1 as id",
                "create table fitting with (autovacuum_freeze_max_age = 100000,"
                        + " autovacuum_freeze_min_age = 50000, autovacuum_freeze_table_age = 95000)"
                        + " as select 1 as id",
                "create table usual as select 1 as id",
                "create table used_up (id int)",
                "do $$ begin for i in 1..105000 loop begin insert into used_up values (i);"
                        + " exception when division_by_zero then null; end; end loop; end $$");
        await().atMost(Patience.LONG.multipliedBy(2))
                .until(
                        () ->
                                visits(database, "revisited") >= 3
                                        && visits(database, "fitting") >= 1);
        assertThat(age(database, "revisited")).isGreaterThan(100_000);
        assertThat(age(database, "fitting")).isLessThan(100_000);
        long done = visits(database, "fitting");
        long again = visits(database, "revisited");
        await().atMost(Patience.LONG).until(() -> visits(database, "revisited") > again);
        assertThat(visits(database, "fitting")).isEqualTo(done);
        try (var rig = ToolRig.of(database);
                var session = rig.targets().read(rig.test().target(), TestTargets.deadline())) {
            assertThat(session.query(MaintenanceSql.FREEZE_REVISITS, Map.of(), FreezeRevisit.class))
                    .singleElement()
                    .satisfies(
                            r -> {
                                assertThat(r.tableName()).isEqualTo("revisited");
                                assertThat(r.freezeMinAge()).isEqualTo(50_000_000);
                                assertThat(r.words())
                                        .contains(
                                                "autovacuum_freeze_min_age = 50000,"
                                                        + " autovacuum_freeze_table_age = 95000");
                            });
        }
    }

    private static long visits(Pg17.Database database, String table) {
        return number(
                database,
                "select autovacuum_count from pg_stat_user_tables where relname = '" + table + "'");
    }

    private static long age(Pg17.Database database, String table) {
        return number(
                database, "select age(relfrozenxid) from pg_class where relname = '" + table + "'");
    }

    private static long number(Pg17.Database database, String sql) {
        try (var c = database.dba();
                var s = c.createStatement();
                var rows = s.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ages are driven on by transactions: each table is frozen at its own limit, in the order that
    /// follows from ages and limits. Takes half a minute, so it is part of the nightly run.
    @Test
    @EnabledIfSystemProperty(named = "lakebaseops.autovacuum", matches = "real")
    void tablesAreFrozenAtTheAgesForetold() throws SQLException {
        var database = server.database("freeze_run");
        var limits = Map.of("x", 130_000, "y", 100_000, "z", 115_000);
        for (var limit : limits.entrySet()) {
            database.asDba(
                    ("create table %s with (autovacuum_freeze_max_age = %d, autovacuum_freeze_min_age = 0,"
                                    + " autovacuum_freeze_table_age = 0) as select 1 as id")
                            .formatted(limit.getKey(), limit.getValue()));
        }
        var frozenAt = new LinkedHashMap<String, Long>();
        var before = new LinkedHashMap<String, Long>();
        try (var rig = ToolRig.of(database)) {
            for (int step = 0; frozenAt.size() < limits.size() && step < MOST_STEPS; step++) {
                database.asDba(
                        "do $$ begin for i in 1..2000 loop perform pg_current_xact_id(); commit; end loop; end $$",
                        "select pg_sleep(0.25)");
                for (var o : oldest(rig)) {
                    if (limits.containsKey(o.tableName())) {
                        assertThat(o.freezeMaxAge()).isEqualTo((long) limits.get(o.tableName()));
                        var last = before.put(o.tableName(), o.xidAge());
                        if (last != null && o.xidAge() < last) {
                            frozenAt.putIfAbsent(o.tableName(), last);
                        }
                    }
                }
            }
        }
        System.out.printf("limits %s, frozen at ages %s%n", limits, frozenAt);
        assertThat(frozenAt.keySet()).containsExactly("y", "z", "x");
        frozenAt.forEach(
                (table, age) ->
                        assertThat((double) age)
                                .as(table)
                                .isBetween(limits.get(table) * 0.9, limits.get(table) * 1.2));
    }

    private static List<CheckTxidWraparoundRisk.Oldest> oldest(ToolRig rig) {
        try (var session = rig.targets().read(rig.test().target(), TestTargets.deadline())) {
            return session.query(
                    MaintenanceSql.OLDEST_TABLES,
                    Map.of("top", 100),
                    CheckTxidWraparoundRisk.Oldest.class);
        }
    }

    /// Share of the pairs that stand in the same order.
    private static double alike(List<String> a, List<String> b) {
        int same = 0;
        int pairs = 0;
        for (int i = 0; i < b.size(); i++) {
            for (int j = i + 1; j < b.size(); j++) {
                pairs++;
                same += a.indexOf(b.get(i)) < a.indexOf(b.get(j)) ? 1 : 0;
            }
        }
        return pairs == 0 ? 0 : (double) same / pairs;
    }

    private static Seen run(
            Pg17.Database database, List<Busy> tables, int divided, Duration simulated)
            throws SQLException {
        for (var t : tables) {
            database.asDba(
                    "drop table if exists " + t.name(),
                    ("create table %s with (autovacuum_enabled = off, autovacuum_vacuum_threshold = %d,"
                                    + " autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_insert_threshold = -1,"
                                    + " autovacuum_analyze_threshold = 1000000) as"
                                    + " select g as id, 0 as v from generate_series(1, %d) g")
                            .formatted(t.name(), t.limit() / divided, ROWS),
                    "create index on " + t.name() + " (id)",
                    "create index on " + t.name() + " (v)",
                    "select pg_stat_force_next_flush()",
                    "vacuum analyze " + t.name());
        }
        var order = new ArrayList<String>();
        var peaks = new LinkedHashMap<String, Long>();
        tables.forEach(t -> peaks.put(t.name(), 0L));
        try (var c = database.dba()) {
            for (var t : tables) {
                execute(c, "alter table " + t.name() + " set (autovacuum_enabled = on)");
            }
            long next = System.nanoTime();
            for (long step = 0; step * STEP.toMillis() < simulated.toMillis(); step++) {
                for (var t : tables) {
                    long due = (step + 1) * t.perSecond() * STEP.toMillis() / 1_000;
                    long had = step * t.perSecond() * STEP.toMillis() / 1_000;
                    execute(
                            c,
                            "update %s set v = v + 1 where id between %d and %d"
                                    .formatted(
                                            t.name(),
                                            had % ROWS + 1,
                                            Math.min(ROWS, had % ROWS + due - had)));
                }
                execute(c, "select pg_stat_force_next_flush()");
                look(c, order, peaks);
                next = Math.max(System.nanoTime(), next + STEP.toNanos());
                execute(
                        c,
                        "select pg_sleep(%s)"
                                .formatted((next - System.nanoTime()) / 1_000_000_000.0));
            }
            return new Seen(order, peaks);
        }
    }

    private static void execute(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private static void look(Connection c, List<String> order, Map<String, Long> peaks)
            throws SQLException {
        try (var s = c.createStatement();
                var rows =
                        s.executeQuery(
                                "select relname, n_dead_tup, autovacuum_count from pg_stat_user_tables"
                                        + " order by last_autovacuum nulls last")) {
            while (rows.next()) {
                var name = rows.getString(1);
                peaks.merge(name, rows.getLong(2), Math::max);
                if (rows.getLong(3) > 0 && !order.contains(name)) {
                    order.add(name);
                }
            }
        }
    }
}
