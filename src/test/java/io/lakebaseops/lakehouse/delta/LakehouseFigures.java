package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// How fast is the local lakehouse here? Prints figures; run by hand, not part of the tests.
public final class LakehouseFigures {
    private static final TableName STATEMENTS = OpsTables.PG_STAT_HISTORY.name();
    private static final int SNAPSHOT_ROWS = 5_000;
    private static final int SNAPSHOTS = 200;

    private LakehouseFigures() {}

    public static void main(String[] args) throws Exception {
        var dir = Files.createTempDirectory("lakehouse-figures");
        var clock = new TestClock(Instant.parse("2026-03-01T00:00:00Z"));
        try (var lake = LocalLakehouse.open(dir, clock)) {
            time("create 15 tables", () -> lake.ensureTables(OpsTables.ALL));
            for (int i = 0; i < SNAPSHOTS; i++) {
                var rows = statements(clock.instant(), SNAPSHOT_ROWS);
                if (i < 3 || i % 20 == 19) {
                    time(
                            "append %d rows (#%d)".formatted(SNAPSHOT_ROWS, i + 1),
                            () -> lake.append(STATEMENTS, rows));
                } else {
                    lake.append(STATEMENTS, rows);
                }
                clock.advance(Duration.ofMinutes(5));
            }
            System.out.println(lake.facts(STATEMENTS));
            queries(lake, "many files");
            clock.advance(Duration.ofDays(1));
            time(
                    "maintain",
                    () ->
                            System.out.println(
                                    lake.maintain(
                                            STATEMENTS, "r", Deadline.in(Duration.ofMinutes(5)))));
            queries(lake, "merged");
        }
    }

    private static void queries(LocalLakehouse lake, String state) throws Exception {
        for (int i = 0; i < 3; i++) {
            time("top ten over all rows, " + state, () -> top(lake, ReadScope.ALL));
        }
        var hour =
                ReadScope.between(
                        Instant.parse("2026-03-01T05:00:00Z"),
                        Instant.parse("2026-03-01T06:00:00Z"));
        time("top ten of one hour, " + state, () -> top(lake, hour));
    }

    private static void top(LocalLakehouse lake, ReadScope scope) {
        lake.query(
                new LakeQuery(
                        "top",
                        "SELECT queryid, sum(calls) AS calls, sum(total_exec_time) AS ms FROM"
                                + " {pg_stat_history} GROUP BY queryid ORDER BY ms DESC LIMIT 10"),
                Map.of(),
                scope,
                Deadline.in(Duration.ofSeconds(30)));
    }

    static List<Map<String, Object>> statements(Instant at, int count) {
        var random = new Random(at.getEpochSecond());
        var rows = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            var row = new HashMap<String, Object>();
            for (var column : OpsTables.PG_STAT_HISTORY.columns()) {
                switch (column.name()) {
                    case "project_id" -> row.put("project_id", "shop");
                    case "branch_id" -> row.put("branch_id", "production");
                    case "source" -> row.put("source", "live");
                    case "run_id" -> row.put("run_id", "run-" + at);
                    case "recorded_at" -> row.put("recorded_at", at);
                    case "queryid" -> row.put("queryid", 1_000_003L * i);
                    case "datname", "rolname" -> row.put(column.name(), "shop");
                    case "toplevel" -> row.put("toplevel", true);
                    case "reset_detected" -> row.put("reset_detected", false);
                    case "stats_since", "minmax_stats_since" -> row.put(column.name(), at);
                    case "date" -> {}
                    default ->
                            row.put(
                                    column.name(),
                                    column.type().label().equals("double")
                                            ? (Object) (random.nextInt(1_000_000) / 1000.0)
                                            : (Object) (long) random.nextInt(1_000));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static void time(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        System.out.printf("%-45s %8.1f ms%n", what, (System.nanoTime() - start) / 1e6);
    }
}
