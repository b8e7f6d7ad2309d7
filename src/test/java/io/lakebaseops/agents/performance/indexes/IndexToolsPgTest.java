package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.state.IdleIndexStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Index checks on one real server, through the gate and back, as a role without superuser.
final class IndexToolsPgTest {
    /// Of its own: the tools look at every database of a server.
    private static final Pg17 SERVER =
            Pg17.started(List.of("shared_preload_libraries=pg_stat_statements"));

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static @Nullable String indexes(Pg17.Database database) {
        return database.scalar(
                "select string_agg(pg_get_indexdef(indexrelid) || indisvalid, e'\\n' order by"
                        + " indexrelid::regclass::text) from pg_index join pg_class c on c.oid ="
                        + " indexrelid where relnamespace <> 'pg_catalog'::regnamespace and"
                        + " relnamespace <> 'pg_toast'::regnamespace");
    }

    private static List<Finding> of(List<Finding> findings, Pg17.Database database) {
        return findings.stream()
                .filter(f -> database.name().equals(f.subject().database()))
                .toList();
    }

    private static void done(FiledPlan done) {
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(done.risk().level()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void anUnusedIndexIsDroppedThroughTheGateUnlessSomebodyUsedItMeanwhile() {
        var database = SERVER.database("Un \"used\".x");
        database.asDba(
                "create table \"t's\"(id int primary key, a int, b int)",
                "insert into \"t's\" select g, g, g from generate_series(1, 100000) g",
                "create index \"i.1\" on \"t's\"(a)",
                "create index \"i;2\" on \"t's\"(b) include (a) with (fillfactor = 80)",
                "comment on index \"i;2\" is 'it''s there'",
                "analyze \"t's\"",
                "select * from \"t's\" where id = 7");
        try (var gate = GateRig.of(database)) {
            var rig = gate.tools();
            var tool =
                    new DetectUnusedIndexes(
                            rig.targets(),
                            rig.sql(),
                            new IdleIndexStore(gate.state()),
                            new FakeLakehouse());

            var today = ToolRig.found(tool.run(new DetectUnusedIndexes.Input(7), rig.context()));
            assertThat(of(today.findings(), database)).isEmpty();
            assertThat(today.data().waiting())
                    .extracting(DetectUnusedIndexes.Unused::index)
                    .containsExactlyInAnyOrder("i.1", "i;2");
            assertThat(today.caveats()).anyMatch(c -> c.contains("2 indexes of a megabyte"));

            var found = of(found(tool, rig), database);
            assertThat(found).hasSize(2);
            var before = indexes(database);
            var plans = tool.remedies(database.name(), found, rig.context()).plans();
            database.asDba(
                    "set enable_seqscan = off; select count(*) from \"t's\" where a = 5;"
                            + " select pg_stat_force_next_flush()");
            for (var plan : plans) {
                var done = gate.carryOut(plan);
                if (plan.subject().name().equals("i.1")) {
                    assertThat(done.state())
                            .as("used meanwhile")
                            .isEqualTo(FiledPlan.State.SUPERSEDED);
                    assertThat(indexes(database)).isEqualTo(before);
                } else {
                    done(done);
                    assertThat(indexes(database)).isNotEqualTo(before);
                    assertThat(gate.undo(done).state()).isEqualTo(FiledPlan.State.UNDONE);
                    assertThat(indexes(database)).isEqualTo(before);
                }
            }
            assertThat(database.scalar("select obj_description('\"i;2\"'::regclass, 'pg_class')"))
                    .isEqualTo("it's there");
        }
    }

    private static List<Finding> found(DetectUnusedIndexes tool, ToolRig rig) {
        return ToolRig.found(tool.run(new DetectUnusedIndexes.Input(0), rig.context())).findings();
    }

    /// Estimates against what a rebuild really gives, over indexes of many types and states.
    @Test
    void bloatIsEstimatedWithinItsBoundsOnFortyIndexes() {
        var database = SERVER.database("bloat");
        String[] states = {
            "",
            "delete from %s where id %% 2 = 0",
            "delete from %s where id %% 10 <> 0",
            "update %s set n = n + 1"
        };
        for (int i = 0; i < states.length; i++) {
            var t = "t" + i;
            database.asDba(
                    ("create table %1$s(id bigint, n int, k int, flag bool, u uuid, w text, v text,"
                                    + " at timestamptz, q numeric)")
                            .formatted(t),
                    ("insert into %1$s select g, g %% 5000, g %% 7, g %% 2 = 0, gen_random_uuid(),"
                                    + " 'word' || g, case when g %% 3 > 0 then repeat('v', g %% 40) end,"
                                    + " now() + g * interval '1 second', g / 7.0 from"
                                    + " generate_series(1, 30000) g order by %2$s")
                            .formatted(t, i % 2 == 0 ? "g" : "md5(g::text)"));
            for (var keys :
                    List.of(
                            "(id)",
                            "(n)",
                            "(k)",
                            "(flag, id)",
                            "(u)",
                            "(w)",
                            "(v)",
                            "(at, k)",
                            "(q)",
                            "(k) include (id)",
                            "(w) with (fillfactor = 70)",
                            "(n) where k < 5")) {
                database.asDba("create index on %s %s".formatted(t, keys));
            }
            if (!states[i].isEmpty()) {
                database.asDba(states[i].formatted(t));
            }
            database.asDba("vacuum " + t, "analyze " + t);
        }
        try (var rig = ToolRig.of(database);
                var session =
                        rig.targets()
                                .read(
                                        rig.test().target(),
                                        database.name(),
                                        TestTargets.deadline())) {
            var catalog = IndexCatalog.read(session);
            var check = new IndexBloatCheck(catalog, session, rig.context());
            var estimates = IndexBloatCheck.estimates(session, catalog.indexes());
            double error = 0;
            double common = 0;
            int inside = 0;
            for (var e : estimates) {
                var name = e.index().row().indexName();
                database.asDba("reindex index " + name);
                double real = 1 - size(database, name) / (double) e.bytes();
                double off = Math.abs((1 - e.expected() / e.bytes()) - real);
                error += off;
                common += Math.abs(commonFormula(database, e) - real);
                boolean in = real >= e.leastWasted() - 0.03 && real <= e.mostWasted() + 0.03;
                inside += in ? 1 : 0;
                if (off > 0.05 || !in) {
                    System.out.printf(
                            "%s %s: estimated %.1f %% (%.1f to %.1f), real %.1f %%%n",
                            name,
                            e.index().keyWords(),
                            100 * (1 - e.expected() / e.bytes()),
                            100 * e.leastWasted(),
                            100 * e.mostWasted(),
                            100 * real);
                }
            }
            System.out.printf(
                    "bloat of %d indexes: mean error %.2f points, the common formula %.2f; %d within their bounds%n",
                    estimates.size(),
                    100 * error / estimates.size(),
                    100 * common / estimates.size(),
                    inside);
            assertThat(estimates).hasSizeGreaterThanOrEqualTo(40);
            assertThat(100 * error / estimates.size()).isLessThanOrEqualTo(3);
            assertThat(inside).isGreaterThanOrEqualTo(estimates.size() * 9 / 10);
        }
    }

    private static long size(Pg17.Database database, String index) {
        return Long.parseLong(
                String.valueOf(database.scalar("select pg_relation_size('" + index + "')")));
    }

    /// As the widely used estimate has it: widths padded as a whole, equal keys not merged.
    private static double commonFormula(Pg17.Database database, IndexBloat e) {
        var width =
                database.scalar(
                        "select sum((1 - s.null_frac) * s.avg_width) from pg_index x join pg_attribute a"
                                + " on a.attrelid = x.indrelid and a.attnum = any (x.indkey) join"
                                + " pg_stats s on s.tablename = x.indrelid::regclass::text and s.attname"
                                + " = a.attname where x.indexrelid = '"
                                + e.index().row().indexName()
                                + "'::regclass");
        double data = Double.parseDouble(String.valueOf(width));
        double tuple = 8 + Math.ceil(data / 8) * 8 + 4;
        double perPage =
                Math.floor((8192 - 24 - 16) * IndexBloat.fillfactor(e.index()) / 100.0 / tuple);
        double pages = 1 + Math.ceil(e.index().row().entries() / perPage);
        return 1 - pages * 8192 / e.bytes();
    }
}
