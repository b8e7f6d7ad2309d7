package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is simulated against an autovacuum that looks every second, on a server of its own: which
/// table is vacuumed when, and how high its dead rows pile up. Takes a minute,
/// so it is part of the nightly run.
@EnabledIfSystemProperty(named = "lakebaseops.autovacuum", matches = "real")
final class AutovacuumRealRunPgTest {
    private static final int ROWS = 20_000;
    private static final Duration RUN = Duration.ofSeconds(24);

    /// @param perSecond rows that die
    private record Busy(String name, int perSecond, int limit) {}

    private static final List<Busy> TABLES =
            List.of(
                    new Busy("a", 2_000, 4_000),
                    new Busy("b", 1_500, 7_500),
                    new Busy("c", 1_000, 8_000),
                    new Busy("d", 800, 9_600),
                    new Busy("e", 500, 8_000),
                    new Busy("f", 300, 5_700));

    /// @param order of the first vacuum of each table
    /// @param peaks of dead rows
    private record Seen(List<String> order, Map<String, Long> peaks) {}

    @Test
    void tablesAreVacuumedInTheOrderSimulatedAndTheProposedLimitsLowerThePeak()
            throws SQLException {
        var server = Pg17.started(List.of("autovacuum_naptime=1s", "autovacuum_max_workers=3"));
        try {
            var database = server.database("real_run");
            var today = run(database, 1);
            var order =
                    TABLES.stream()
                            .sorted(
                                    Comparator.comparingDouble(
                                            t -> (double) t.limit() / t.perSecond()))
                            .map(Busy::name)
                            .toList();
            System.out.printf("simulated %s, real %s%n", order, today.order());
            assertThat(alike(order, today.order())).isGreaterThanOrEqualTo(0.8);
            for (var t : TABLES) {
                var simulated =
                        AutovacuumSimulation.of(
                                ROWS,
                                t.perSecond() * 3_600.0,
                                4 << 20,
                                Duration.ofSeconds(1),
                                t.limit(),
                                0);
                long real = today.peaks().get(t.name());
                System.out.printf(
                        "%s: peak simulated %,.0f, real %,d%n", t.name(), simulated.peak(), real);
                assertThat(simulated.peak())
                        .as("peak of " + t.name())
                        .isBetween(real * 0.6, real * 1.4);
            }

            // A quarter of the limits, as a proposal for them would be.
            var proposed = run(database, 4);
            for (var t : TABLES.subList(0, 5)) {
                assertThat(proposed.peaks().get(t.name()))
                        .as("peak of " + t.name())
                        .isLessThan(today.peaks().get(t.name()));
            }
        } finally {
            server.stop();
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

    private static Seen run(Pg17.Database database, int divided) throws SQLException {
        for (var t : TABLES) {
            database.asDba(
                    "drop table if exists " + t.name(),
                    ("create table %s with (autovacuum_enabled = off, autovacuum_vacuum_threshold = %d,"
                                    + " autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_insert_threshold = -1,"
                                    + " autovacuum_analyze_threshold = 1000000) as"
                                    + " select g as id, 0 as v from generate_series(1, %d) g")
                            .formatted(t.name(), t.limit() / divided, ROWS),
                    "create index on " + t.name() + " (id)",
                    "create index on " + t.name() + " (v)",
                    "vacuum analyze " + t.name());
        }
        var order = new ArrayList<String>();
        var peaks = new LinkedHashMap<String, Long>();
        TABLES.forEach(t -> peaks.put(t.name(), 0L));
        try (var c = database.dba()) {
            for (var t : TABLES) {
                execute(c, "alter table " + t.name() + " set (autovacuum_enabled = on)");
            }
            long begin = System.nanoTime();
            long done = 0;
            while (System.nanoTime() - begin < RUN.toNanos()) {
                double elapsed = (System.nanoTime() - begin) / 1e9;
                // Rows die by the clock, however slow the machine.
                for (var t : TABLES) {
                    long due = (long) (elapsed * t.perSecond());
                    long had = (long) (done / 1e9 * t.perSecond());
                    if (due > had) {
                        execute(
                                c,
                                "update %s set v = v + 1 where id between %d and %d"
                                        .formatted(
                                                t.name(),
                                                had % ROWS + 1,
                                                Math.min(ROWS, had % ROWS + due - had)));
                    }
                }
                done = (long) (elapsed * 1e9);
                execute(c, "select pg_stat_force_next_flush()");
                look(c, order, peaks);
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
