package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What does a snapshot cost the server beside one plain `select * from pg_stat_statements`? Both
/// are run in turn through the same driver; compared are the medians of the server's own execution
/// times, and of what the client waited. Run its `main`; the ratio must not pass 1.2.
public final class StatementSnapshotBench {
    private static final int STATEMENTS = 5_000;
    private static final int ROUNDS = 60;

    private StatementSnapshotBench() {}

    public static void main(String[] args) throws SQLException {
        var server = Pg17.started(List.of("pg_stat_statements.max=10000"));
        try {
            var database = server.database("bench");
            fill(database);
            measure(database);
        } finally {
            server.stop();
        }
    }

    private static void fill(Pg17.Database database) throws SQLException {
        try (var connection = database.dba();
                var statement = connection.createStatement()) {
            var columns = new StringBuilder("create table wide (c0 int");
            for (int i = 1; i < 100; i++) {
                columns.append(", c").append(i).append(" int");
            }
            statement.execute(columns.append(")").toString());
            for (int i = 0; i < STATEMENTS; i++) {
                statement.execute(
                        "select c%d, c%d from wide where c%d > 1 and c%d < 100 order by c%d"
                                .formatted(
                                        i % 100, i / 100 % 100, i % 100, i / 100 % 100, i % 100));
            }
        }
    }

    private static void measure(Pg17.Database database) throws SQLException {
        var plain = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        var plainServer = new ArrayList<Double>();
        var oursServer = new ArrayList<Double>();
        try (var rig = TestTargets.of(database);
                var session = rig.read();
                var connection = database.dba();
                var statement = connection.createStatement()) {
            for (int i = 0; i < ROUNDS; i++) {
                double before = serverTime(database, "select * from pg_stat_statements%");
                long start = System.nanoTime();
                try (var result = statement.executeQuery("select * from pg_stat_statements")) {
                    while (result.next()) {
                        result.getString(1);
                    }
                }
                plain.add((System.nanoTime() - start) / 1e6);
                plainServer.add(serverTime(database, "select * from pg_stat_statements%") - before);
                before = serverTime(database, "/* lakebaseops:metrics/%");
                start = System.nanoTime();
                session.query(MetricsSql.EPOCH);
                session.query(MetricsSql.COUNTERS);
                session.query(MetricsSql.NAMES);
                ours.add((System.nanoTime() - start) / 1e6);
                oursServer.add(serverTime(database, "/* lakebaseops:metrics/%") - before);
            }
        }
        System.out.printf(
                "server: snapshot %.2f ms, plain select %.2f ms, ratio %.2f%n",
                median(oursServer), median(plainServer), median(oursServer) / median(plainServer));
        System.out.printf(
                "client: snapshot %.2f ms, plain select %.2f ms, ratio %.2f%n",
                median(ours), median(plain), median(ours) / median(plain));
        System.out.println(
                "statements: " + database.scalar("select count(*) from pg_stat_statements"));
    }

    private static double serverTime(Pg17.Database database, String like) {
        var ms =
                database.scalar(
                        "select coalesce(sum(total_exec_time), 0) from pg_stat_statements where"
                                + " query like '"
                                + like
                                + "'");
        return ms == null ? 0 : Double.parseDouble(ms);
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().skip(10).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
