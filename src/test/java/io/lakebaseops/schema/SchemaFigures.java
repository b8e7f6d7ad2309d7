package io.lakebaseops.schema;

import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;

/// How long does it take to compare two databases of 2,000 tables? Run by hand; prints two
/// independent measurements: our own clock, and the server's count of the time its queries took.
final class SchemaFigures {
    private static final int TABLES = 2000;
    private static final int ROUNDS = 9;

    private SchemaFigures() {}

    public static void main(String[] args) throws SQLException {
        var left = Pg17.shared().database("figures_left");
        var right = Pg17.shared().database("figures_right");
        build(left);
        build(right);
        right.asDba("alter table big.t7 alter c3 type bigint", "create index extra on big.t9 (c2)");
        try (var l = TestTargets.of(left);
                var r = TestTargets.of(right)) {
            compare(l, r, "first, cold");
            left.asAdmin("select pg_stat_statements_reset()");
            var cpu = cpu();
            var walls = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                walls[i] = compare(l, r, "round " + (i + 1));
            }
            var server =
                    left.scalar(
                            "select round((sum(total_exec_time + total_plan_time) / "
                                    + ROUNDS
                                    + ")::numeric) from pg_stat_statements where query like"
                                    + " '/* lakebaseops:schema/%'");
            System.out.println(
                    left.scalar(
                            """
                            select string_agg(concat(round((total_exec_time / %d)::numeric), ' ms ',
                                       substr(query, 4, 36)), E'\\n' order by total_exec_time desc)
                              from pg_stat_statements where query like '/* lakebaseops:schema/%%'
                            """
                                    .formatted(ROUNDS)));
            System.out.printf(
                    "processor time per round, console and server: %d ms%n",
                    cpu().minus(cpu).toMillis() / ROUNDS);
            Arrays.sort(walls);
            System.out.printf(
                    "median of %d rounds: %.0f ms, worst %.0f ms%n",
                    ROUNDS, walls[ROUNDS / 2], walls[ROUNDS - 1]);
            System.out.println("server time of the catalog queries, per round: " + server + " ms");
        }
        System.exit(0);
    }

    private static double compare(TestTargets l, TestTargets r, String what) {
        long start = System.nanoTime();
        Comparison found;
        try (var left = l.read();
                var right = r.read()) {
            found = Comparison.of(left, right, r.threads());
        }
        long end = System.nanoTime();
        System.out.printf(
                "%s: %.0f ms, %d objects, %d changes, %d statements%n",
                what,
                ms(end - start),
                found.target().objects().size(),
                found.diff().changes().size(),
                found.ddl().statements().size());
        return ms(end - start);
    }

    /// Of this process and the server it started; unlike the clock it does not count waiting for a
    /// busy machine.
    private static Duration cpu() {
        var self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .flatMap(p -> p.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static double ms(long nanos) {
        return Duration.ofNanos(nanos).toNanos() / 1e6;
    }

    private static void build(Pg17.Database database) {
        var statements = new ArrayList<String>();
        statements.add("create schema big");
        statements.add("create table big.root (id int primary key)");
        for (int i = 0; i < TABLES; i++) {
            var t = "big.t" + i;
            statements.add(
                    "create table "
                            + t
                            + " (id int primary key, c1 text not null default 'x', c2 int"
                            + " references big.root, c3 int check (c3 > 0), c4 timestamptz default"
                            + " now(), c5 numeric(10,2), c6 jsonb, c7 varchar(20))");
            statements.add("create index on " + t + " (c1, c4)");
        }
        for (int i = 0; i < 200; i++) {
            statements.add("create view big.v" + i + " as select id, c1 from big.t" + i);
        }
        database.asDba(statements.toArray(String[]::new));
    }
}
