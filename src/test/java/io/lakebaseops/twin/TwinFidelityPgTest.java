package io.lakebaseops.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.local.demo.DemoShop;
import io.lakebaseops.local.demo.DemoStatements;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;
import io.lakebaseops.testing.TestTwin;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class TwinFidelityPgTest {
    /// Of the cost, on a plan of the same shape.
    private static final double CLOSE = 0.01;

    /// @param same of `all`, those with a plan of the same shape
    /// @param worst difference of cost among those
    private record Likeness(int all, int same, double worst, List<String> others) {}

    private static Likeness compare(
            TwinDatabase twin, io.lakebaseops.postgres.ReadSession real, List<String> statements) {
        int all = 0;
        int same = 0;
        double worst = 0;
        var others = new ArrayList<String>();
        for (var statement : statements) {
            Planned there;
            try {
                there = Planned.read(real.explain(new ExplainText(statement)));
            } catch (OpsException e) {
                System.out.println("not planned by the server: " + statement + ": " + e.why());
                continue;
            }
            all++;
            var here = twin.plan(statement);
            if (!here.made()) {
                others.add(statement + "\n   " + here.refusal());
            } else if (!here.shape().equals(there.shape())) {
                others.add(
                        statement
                                + "\n   there %s %s\n   here  %s %s"
                                        .formatted(
                                                there.cost(),
                                                there.shape(),
                                                here.cost(),
                                                here.shape()));
            } else {
                same++;
                double off = Math.abs(here.cost() - there.cost()) / Math.max(1, there.cost());
                worst = Math.max(worst, off);
                if (off > CLOSE) {
                    others.add(
                            "%s%n   cost there %s, here %s"
                                    .formatted(statement, there.cost(), here.cost()));
                }
            }
        }
        return new Likeness(all, same, worst, others);
    }

    private static void held(Likeness likeness, String what) {
        System.out.printf(
                "twin of %s: %d of %d plans of the same shape, cost off by at most %.3f %%%n",
                what, likeness.same(), likeness.all(), 100 * likeness.worst());
        likeness.others().forEach(o -> System.out.println("  " + o));
        assertThat(likeness.same()).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * likeness.all()));
        assertThat(likeness.worst()).isLessThanOrEqualTo(CLOSE);
    }

    private static long disk(TestTwin twin) throws IOException, InterruptedException {
        var du =
                new ProcessBuilder("du", "-s", "--block-size=1", twin.folder().toString())
                        .redirectErrorStream(true)
                        .start();
        var text = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        du.waitFor();
        return Long.parseLong(text.substring(0, text.indexOf('\t')));
    }

    @Test
    void statementsOfAWarehouseArePlannedAsOnTheRealDatabase() throws Exception {
        var db = Pg17.shared().database("tpch");
        db.asDba(Tpch.tables().toArray(String[]::new));
        try (var rig = TestTargets.of(db);
                var twin = TestTwin.open();
                var real = rig.read()) {
            long begin = System.nanoTime();
            twin.twin()
                    .use(
                            rig.target(),
                            real,
                            Set.of(),
                            TestTargets.deadline(),
                            here -> {
                                System.out.printf(
                                        "twin of tpch made in %d ms%n",
                                        (System.nanoTime() - begin) / 1_000_000);
                                assertThat(here.leftOut()).isEmpty();
                                held(compare(here, real, Tpch.queries()), "the warehouse");
                                whatIf(here, db, real);
                                return null;
                            });
            long bytes = disk(twin);
            System.out.printf("twin of tpch takes %.1f MB%n", bytes / 1048576.0);
            assertThat(bytes).isLessThan(50L << 20);
            twin.twin().delete();
            try (var left = java.nio.file.Files.list(twin.folder())) {
                assertThat(left).isEmpty();
            }
        }
    }

    /// Planned with an index that is not there, then on the real database with the index built.
    private static void whatIf(
            TwinDatabase here, Pg17.Database db, io.lakebaseops.postgres.ReadSession real) {
        record Case(String index, String keys, String predicate, String statement) {}
        var cases =
                List.of(
                        new Case(
                                "wi_seg",
                                "(c_mktsegment, c_acctbal)",
                                null,
                                "select * from tpch.customer where c_mktsegment = 'BUILDING' and"
                                        + " c_acctbal > 9500"),
                        new Case(
                                "wi_date",
                                "(o_orderdate)",
                                null,
                                "select * from tpch.orders where o_orderdate = $1"),
                        new Case(
                                "wi_mode",
                                "(l_receiptdate) include (l_shipmode)",
                                null,
                                "select l_shipmode, count(*) from tpch.lineitem where l_receiptdate"
                                        + " between date '1994-01-01' and date '1994-01-07' group"
                                        + " by 1"),
                        new Case(
                                "wi_part",
                                "(o_totalprice)",
                                "o_orderstatus = 'P'",
                                "select * from tpch.orders where o_orderstatus = 'P' and"
                                        + " o_totalprice < 1000"));
        for (var one : cases) {
            var table = one.statement().replaceFirst("(?s).*from tpch\\.(\\w+).*", "$1");
            var definition =
                    "create index %s on tpch.%s %s%s"
                            .formatted(
                                    one.index(),
                                    table,
                                    one.keys(),
                                    one.predicate() == null ? "" : " where " + one.predicate());
            db.asDba(definition);
            var there = Planned.read(real.explain(new ExplainText(one.statement())));
            long pages =
                    Long.parseLong(
                            String.valueOf(
                                    db.scalar(
                                            "select relpages from pg_class where relname = '%s'"
                                                    .formatted(one.index()))));
            db.asDba("drop index tpch." + one.index());
            var before = here.plan(one.statement());
            var with =
                    here.with(
                            List.of(
                                    new NewIndex(
                                            "tpch",
                                            table,
                                            one.index(),
                                            definition,
                                            pages,
                                            one.predicate())),
                            () -> here.plan(one.statement()));
            var after = here.plan(one.statement());
            System.out.printf(
                    "what-if %s: %.2f -> %.2f, really built %.2f%n",
                    definition, before.cost(), with.cost(), there.cost());
            assertThat(there.uses(one.index())).as(one.index()).isTrue();
            assertThat(with.shape()).isEqualTo(there.shape());
            assertThat(Math.abs(with.cost() - there.cost()) / there.cost()).isLessThan(CLOSE);
            assertThat(after.cost()).isEqualTo(before.cost());
            assertThat(after.shape()).isEqualTo(before.shape());
        }
    }

    @Test
    void statementsOfTheDemoShopArePlannedAsOnTheRealDatabase() throws Exception {
        var db = Pg17.shared().database("twin_shop");
        List<String> statements;
        try (Connection c = db.dba()) {
            DemoShop.load(c, DemoShop.Size.SMALL);
            statements =
                    DemoStatements.of(c).stream().map(DemoStatements.Identified::text).toList();
        }
        try (var rig = TestTargets.of(db);
                var twin = TestTwin.open();
                var real = rig.read()) {
            twin.twin()
                    .use(
                            rig.target(),
                            real,
                            Set.of(),
                            TestTargets.deadline(),
                            here -> {
                                here.leftOut().forEach(System.out::println);
                                held(compare(here, real, statements), "the demo shop");
                                return null;
                            });
            assertThat(disk(twin)).isLessThan(50L << 20);
        }
    }
}
