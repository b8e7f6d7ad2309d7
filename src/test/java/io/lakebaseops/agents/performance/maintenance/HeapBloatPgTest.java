package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Tables of many shapes and states: what is estimated to be wasted, and what is measured, against
/// what pgstattuple counts and what a rewrite gives back.
final class HeapBloatPgTest {
    private static final int ROWS = 3_000;

    /// Columns, and what fills them from the row number `g`.
    private static final Map<String, String> SHAPES = shapes();

    private static final List<String> STATES =
            List.of(
                    "",
                    "delete from %s where id %% 2 = 0",
                    "delete from %s where id %% 5 <> 0",
                    "update %s set id = id + 1");

    private static Pg17.Database database;

    private static Map<String, String> shapes() {
        var shapes = new LinkedHashMap<String, String>();
        shapes.put("ints", "id int, b int | g, g");
        shapes.put(
                "padded",
                "a bool, id bigint, c bool, d bigint, e smallint, f timestamptz"
                        + " | true, g, false, g, 1, now()");
        shapes.put("texts", "id int, t text | g, repeat('x', g % 40)");
        shapes.put(
                "states",
                "id int, t text, u text | g, (array['open','paid','sent'])[1 + g % 3], 'ab'");
        shapes.put(
                "numbers",
                "id int, a numeric, b numeric, c numeric | g, g / 7.0, g * 3, g % 10 + 0.5");
        var columns =
                IntStream.range(0, 12)
                        .mapToObj(i -> "c" + i + " int")
                        .collect(Collectors.joining(", "));
        shapes.put(
                "nulls",
                "id int, "
                        + columns
                        + " | g, "
                        + IntStream.range(0, 12)
                                .mapToObj(
                                        i ->
                                                "case when hashint4(g * 31 + "
                                                        + i
                                                        + ") % 10 < "
                                                        + (i - 4)
                                                        + " then g end")
                                .collect(Collectors.joining(", ")));
        shapes.put(
                "together",
                "id int, "
                        + columns
                        + " | g, "
                        + IntStream.range(0, 12)
                                .mapToObj(i -> "case when g % 2 = 0 then g end")
                                .collect(Collectors.joining(", ")));
        shapes.put(
                "documents",
                "id int, u uuid, j jsonb | g, gen_random_uuid(),"
                        + " jsonb_build_object('n', g, 'name', repeat('n', g % 30))");
        shapes.put(
                "toasted",
                "id int, t text | g, case when g % 2 = 0 then (select string_agg(md5((g * i)::text), '')"
                        + " from generate_series(1, 90) i) else 'short' end");
        shapes.put("compressed", "id int, t text | g, repeat('x', 3000 + g % 500)");
        shapes.put("reserved", "id int, t text | g, 'word' || g % 100");
        shapes.put(
                "wide",
                "id int, t text | g, (select string_agg(md5((g * i)::text), '') from generate_series(1, 20 + g % 20) i)");
        shapes.put("dropped", "id int, gone bigint, t text | g, g, 'kept' || g");
        shapes.put(
                "mixed",
                "id int, i inet, a int[], v varchar(20), c char(7), b bytea | g, '10.0.0.1', array[g, 2],"
                        + " 'v' || g % 1000, 'c', decode(repeat('ab', g % 20), 'hex')");
        return shapes;
    }

    @BeforeAll
    static void tables() {
        database = Pg17.shared().database("heap_bloat");
        database.asAdmin("create extension pgstattuple", "grant pg_stat_scan_tables to dba");
        int number = 0;
        for (var shape : SHAPES.entrySet()) {
            var parts = shape.getValue().split("[|]");
            for (int s = 0; s < STATES.size(); s++) {
                var name = shape.getKey() + "_" + s;
                var script = new ArrayList<String>();
                script.add(
                        "create table %s (%s) with (autovacuum_enabled = off%s)"
                                .formatted(
                                        name,
                                        parts[0],
                                        shape.getKey().equals("reserved")
                                                ? ", fillfactor = 70"
                                                : ""));
                if (shape.getKey().equals("toasted")) {
                    script.add("alter table " + name + " alter t set storage external");
                }
                if (shape.getKey().equals("dropped")) {
                    script.add("alter table " + name + " drop gone");
                    script.add(
                            "insert into %s select g, 'kept' || g from generate_series(1, %d) g"
                                    .formatted(name, ROWS));
                } else {
                    script.add(
                            "insert into %s select %s from generate_series(1, %d) g"
                                    .formatted(name, parts[1], ROWS));
                }
                if (!STATES.get(s).isEmpty()) {
                    script.add(STATES.get(s).formatted(name));
                }
                // What a session counted before its vacuum must not be added after it.
                script.add("select pg_stat_force_next_flush()");
                // Every second one is analysed by a small sample, as large tables are.
                script.add("set default_statistics_target = " + (number++ % 2 == 0 ? 100 : 2));
                script.add("vacuum (analyze) " + name);
                database.asDba(script.toArray(String[]::new));
            }
        }
    }

    private record Compared(
            String table,
            double real,
            double counted,
            double common,
            HeapBloat estimate,
            HeapBloat measured,
            HeapBloat sampled) {}

    @Test
    void theEstimateIsWithinThreePointsAndTheRealWasteLiesInTheBar() {
        var compared = new ArrayList<Compared>();
        try (var rig = ToolRig.of(database);
                var session =
                        rig.targets()
                                .read(
                                        rig.test().target(),
                                        database.name(),
                                        TestTargets.deadline())) {
            var widths =
                    session
                            .query(
                                    MaintenanceSql.ROW_WIDTHS,
                                    Map.of("min_bytes", 0L),
                                    HeapBloat.Widths.class)
                            .stream()
                            .collect(Collectors.toMap(HeapBloat.Widths::tableOid, w -> w));
            for (var t : session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class)) {
                compared.add(compare(session, t, widths.get(t.tableOid())));
            }
        }
        print(compared);
        assertThat(compared).hasSizeGreaterThanOrEqualTo(40);
        assertThat(mean(compared, c -> c.estimate().expected() - c.real())).isLessThanOrEqualTo(3);
        assertThat(mean(compared, c -> c.estimate().expected() - c.counted()))
                .isLessThanOrEqualTo(3);
        assertThat(mean(compared, c -> c.measured().expected() - c.real())).isLessThanOrEqualTo(1);
        assertThat(inside(compared, Compared::estimate)).isGreaterThanOrEqualTo(0.9);
        assertThat(inside(compared, Compared::measured)).isGreaterThanOrEqualTo(0.9);
        assertThat(inside(compared, Compared::sampled)).isGreaterThanOrEqualTo(0.9);
    }

    /// What looks bloated is read whole where that is little, else only where it must be, and not
    /// at all beyond the budget or without the extension; each says which it was.
    @Test
    void theWorstAreMeasuredWithinTheBudgetAndWhatIsNotSaysSo() {
        var own = Pg17.shared().database("heap_measured");
        own.asDba(
                "create table holes (id int, t text) with (autovacuum_enabled = off)",
                "insert into holes select g, repeat('x', 300) from generate_series(1, 40000) g",
                "delete from holes where id % 3 <> 0",
                "select pg_stat_force_next_flush()",
                "vacuum (analyze) holes");

        var without = checked(own, HeapBloatCheck.Budget.RUN);
        assertThat(without.caveat())
                .hasValueSatisfying(c -> assertThat(c).contains("CREATE EXTENSION pgstattuple"));
        var estimate = without.byTable().values().iterator().next();
        assertThat(estimate.measured()).isFalse();

        own.asAdmin("create extension pgstattuple");
        var whole = checked(own, HeapBloatCheck.Budget.RUN);
        assertThat(whole.caveat()).isEmpty();
        var measured = whole.byTable().values().iterator().next();
        assertThat(measured.measured()).isTrue();
        assertThat(measured.expected()).isBetween(0.64, 0.69);
        assertThat(estimate.low()).isLessThanOrEqualTo(measured.expected());
        assertThat(estimate.high()).isGreaterThanOrEqualTo(measured.expected());
        assertThat(measured.bar()).startsWith("67 % ± ");

        var sampled =
                checked(own, new HeapBloatCheck.Budget(20, 0, 1 << 30))
                        .byTable()
                        .values()
                        .iterator()
                        .next();
        assertThat(sampled.measured()).isTrue();
        assertThat(sampled.low()).isLessThanOrEqualTo(measured.expected());
        assertThat(sampled.high()).isGreaterThanOrEqualTo(measured.expected());

        var none =
                checked(own, new HeapBloatCheck.Budget(0, 1 << 30, 1 << 30))
                        .byTable()
                        .values()
                        .iterator()
                        .next();
        assertThat(none).isEqualTo(estimate);
    }

    private static HeapBloatCheck checked(Pg17.Database of, HeapBloatCheck.Budget budget) {
        try (var rig = ToolRig.of(of);
                var session =
                        rig.targets()
                                .read(rig.test().target(), of.name(), TestTargets.deadline())) {
            return HeapBloatCheck.of(
                    session,
                    session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class),
                    session.query(
                            MaintenanceSql.ROW_WIDTHS,
                            Map.of("min_bytes", TableState.FLOOR_BYTES),
                            HeapBloat.Widths.class),
                    budget);
        }
    }

    private static Compared compare(ReadSession session, TableState t, HeapBloat.Widths w) {
        var found = measured(session, "maintenance/measured_table", t);
        var approximate = measured(session, "maintenance/sampled_table", t);
        // The share of a page that a fill factor leaves free is no waste.
        double taken = found.fileBytes() - found.freeBytes() - (double) found.deadBytes();
        double counted = Math.max(0, 1 - taken / found.fileBytes() / (t.fillfactor() / 100));
        double common = common(session, t);
        database.asDba("vacuum full " + t.tableName());
        double after =
                Double.parseDouble(
                        String.valueOf(
                                database.scalar(
                                        "select pg_relation_size('" + t.tableName() + "')")));
        return new Compared(
                t.tableName(),
                1 - after / t.tableBytes(),
                counted,
                common,
                HeapBloat.of(w, t.liveRows(), t.tableBytes(), t.fillfactor()),
                HeapBloat.measured(w, found, t.fillfactor()),
                HeapBloat.sampled(w, approximate, t.fillfactor()));
    }

    private static HeapBloat.Measured measured(ReadSession session, String query, TableState t) {
        return session.query(
                        SqlName.of(query),
                        Map.of("table_oid", t.tableOid()),
                        HeapBloat.Measured.class)
                .getFirst();
    }

    /// As the widely used estimate has it: one sum of average widths, padded once.
    private static double common(ReadSession session, TableState t) {
        assertThat(session.database()).isEqualTo(database.name());
        var row =
                String.valueOf(
                                database.scalar(
                                        ("select 23 + case when max(null_frac) > 0 then (7 + count(*)) / 8 else 0 end || ' '"
                                                        + " || sum((1 - null_frac) * avg_width) from pg_stats where tablename = '%s'")
                                                .formatted(t.tableName())))
                        .split(" ");
        double header = Double.parseDouble(row[0]);
        double data = Double.parseDouble(row[1]);
        double tuple =
                4
                        + header
                        + data
                        + 16
                        - (header % 8 == 0 ? 8 : header % 8)
                        - (Math.ceil(data) % 8 == 0 ? 8 : Math.ceil(data) % 8);
        double pages = Math.ceil(t.liveRows() / ((8192 - 24) * t.fillfactor() / (tuple * 100)));
        return 1 - pages * 8192 / t.tableBytes();
    }

    private static double mean(
            List<Compared> all, java.util.function.ToDoubleFunction<Compared> error) {
        return 100 * all.stream().mapToDouble(error).map(Math::abs).average().orElseThrow();
    }

    private static double inside(
            List<Compared> all, java.util.function.Function<Compared, HeapBloat> of) {
        return all.stream()
                        .filter(
                                c ->
                                        c.real() >= of.apply(c).low() - 1e-9
                                                && c.real() <= of.apply(c).high() + 1e-9)
                        .count()
                / (double) all.size();
    }

    private static void print(List<Compared> all) {
        System.out.println(
                "table          real  counted  estimated (bar)        common  measured (bar)       sampled (bar)");
        for (var c : all) {
            System.out.printf(
                    Locale.ROOT,
                    "%-13s %5.1f %8.1f %10s %16.1f %15s %20s%n",
                    c.table(),
                    100 * c.real(),
                    100 * c.counted(),
                    bar(c.estimate()),
                    100 * c.common(),
                    bar(c.measured()),
                    bar(c.sampled()));
        }
        System.out.printf(
                Locale.ROOT,
                "bloat of %d tables: mean error %.2f points of a rewrite, %.2f of pgstattuple; the common formula %.2f and %.2f; measured %.2f, sampled %.2f; within the bar %.0f %%, %.0f %%, %.0f %%%n",
                all.size(),
                mean(all, c -> c.estimate().expected() - c.real()),
                mean(all, c -> c.estimate().expected() - c.counted()),
                mean(all, c -> c.common() - c.real()),
                mean(all, c -> c.common() - c.counted()),
                mean(all, c -> c.measured().expected() - c.real()),
                mean(all, c -> c.sampled().expected() - c.real()),
                100 * inside(all, Compared::estimate),
                100 * inside(all, Compared::measured),
                100 * inside(all, Compared::sampled));
    }

    private static String bar(HeapBloat b) {
        return String.format(
                Locale.ROOT, "%.1f (%.1f-%.1f)", 100 * b.expected(), 100 * b.low(), 100 * b.high());
    }
}
