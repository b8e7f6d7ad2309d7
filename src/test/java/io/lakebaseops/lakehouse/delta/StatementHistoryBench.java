package io.lakebaseops.lakehouse.delta;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.StatementTotals.Dimension;
import io.lakebaseops.lakehouse.history.TimeRange;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How long the questions of the Queries screen take over 90 days of statements: the top twenty of
/// seven days (500 ms are wanted) and the trend of one statement over 90 days (200 ms).
/// `StatementHistoryBench [MILLIONS OF ROWS, 5] [DIRECTORY]`; a directory that holds a history
/// already is asked again. The history is written by DuckDB in bulk, a file a day as maintenance
/// leaves them, in order of time, with the statistics in the log that our own writer keeps.
public final class StatementHistoryBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int DAYS = 90;
    private static final int INTERVALS = 288;
    private static final LocalDate FIRST = LocalDate.parse("2026-08-01");
    private static final TargetId TARGET = new TargetId("bench", "shop", "production");

    private StatementHistoryBench() {}

    public static void main(String[] args) throws Exception {
        double millions = args.length > 0 ? Double.parseDouble(args[0]) : 5;
        var dir =
                args.length > 1
                        ? Files.createDirectories(Path.of(args[1]))
                        : Files.createTempDirectory("statement-history");
        int statements = (int) Math.max(1, Math.round(millions * 1e6 / DAYS / INTERVALS));
        var clock =
                Clock.fixed(
                        FIRST.plusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        ZoneOffset.UTC);
        try (var lake = LocalLakehouse.open(dir, clock)) {
            lake.ensureTables(OpsTables.ALL);
            if (lake.facts(OpsTables.PG_STAT_HISTORY.name()).rows() == 0) {
                long began = System.nanoTime();
                generate(dir.resolve(TableName.CATALOG), statements);
                System.out.printf("generated in %.1f s%n", (System.nanoTime() - began) / 1e9);
            }
            System.out.println(lake.facts(OpsTables.PG_STAT_HISTORY.name()));
            ask(new StatementStatistics(lake), clock.instant());
        }
    }

    private static void ask(StatementStatistics history, Instant now) {
        var week = TimeRange.before(now, Duration.ofDays(7));
        var all = TimeRange.before(now, Duration.ofDays(DAYS));
        var top = history.totals(TARGET, week, Dimension.STATEMENT, 20, patience()).rows();
        long one = java.util.Objects.requireNonNull(top.get(3).queryId());
        for (int i = 0; i < 5; i++) {
            time(
                    "top 20 of seven days, against the seven before",
                    () -> history.totals(TARGET, week, Dimension.STATEMENT, 20, patience()));
        }
        for (int i = 0; i < 5; i++) {
            time(
                    "trend of one statement over 90 days",
                    () -> history.trends(TARGET, List.of(one), all, DAYS, patience()));
        }
    }

    private static Deadline patience() {
        return Deadline.in(Duration.ofMinutes(2));
    }

    /// Of the processor as well: that holds on a busy machine too.
    private static void time(String what, Runnable work) {
        long start = System.nanoTime();
        long busy = processor();
        work.run();
        System.out.printf(
                "%-50s %8.1f ms, %8.1f ms of processor%n",
                what, (System.nanoTime() - start) / 1e6, (processor() - busy) / 1e6);
    }

    private static long processor() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    private static void generate(Path catalog, int statements) throws IOException, SQLException {
        var table = TablePaths.below(catalog, OpsTables.PG_STAT_HISTORY.name());
        var log = table.resolve("_delta_log");
        long version;
        try (var entries = Files.list(log)) {
            version = entries.filter(f -> f.toString().endsWith(".json")).count();
        }
        var commit = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            for (int d = 0; d < DAYS; d++) {
                commit.add(day(statement, table, FIRST.plusDays(d), statements));
            }
        }
        Files.write(log.resolve("%020d.json".formatted(version)), commit);
    }

    /// Writes one day and returns the line of the log that adds it.
    private static String day(Statement duck, Path table, LocalDate day, int statements)
            throws IOException, SQLException {
        var partition = "date=%s/branch_id=production".formatted(day);
        var file = Files.createDirectories(table.resolve(partition)).resolve("part-0.parquet");
        var columns =
                OpsTables.PG_STAT_HISTORY.columns().stream()
                        .filter(c -> !c.name().equals(TableDef.DATE))
                        .filter(c -> !c.name().equals("branch_id"))
                        .map(
                                c ->
                                        "%s as \"%s\""
                                                .formatted(
                                                        value(c.name(), c.type().label()),
                                                        c.name()))
                        .collect(Collectors.joining(", "));
        duck.execute(
                ("copy (select %s from (select timestamptz '%s 00:00:00Z' + i * interval 5 minute as moment, s,"
                                + " 1 + hash(s * 1000 + i) %% 1000 as n from range(1, %d) a(i), range(%d) b(s))"
                                + " order by moment) to '%s' (format parquet, compression snappy)")
                        .formatted(columns, day, INTERVALS + 1, statements, file));
        var add = JSON.createObjectNode().put("path", partition + "/part-0.parquet");
        add.putObject("partitionValues").put("date", day.toString()).put("branch_id", "production");
        add.put("size", Files.size(file))
                .put("modificationTime", Files.getLastModifiedTime(file).toMillis())
                .put("dataChange", false)
                .put("stats", stats(day, (long) statements * INTERVALS));
        return JSON.writeValueAsString(JSON.createObjectNode().set("add", add));
    }

    private static String stats(LocalDate day, long rows) throws IOException {
        var stats = JSON.createObjectNode().put("numRecords", rows);
        stats.putObject("minValues")
                .put("project_id", "shop")
                .put("recorded_at", day + "T00:05:00.000Z")
                .put("run_id", "run")
                .put("source", "live");
        stats.putObject("maxValues")
                .put("project_id", "shop")
                .put("recorded_at", day.plusDays(1) + "T00:00:00.000Z")
                .put("run_id", "run")
                .put("source", "live");
        stats.putObject("nullCount")
                .put("project_id", 0)
                .put("recorded_at", 0)
                .put("run_id", 0)
                .put("source", 0);
        return JSON.writeValueAsString(stats);
    }

    private static String value(String column, String type) {
        return switch (column) {
            case "project_id", "datname" -> "'shop'";
            case "rolname" -> "'app'";
            case "run_id" -> "'run'";
            case "source" -> "'live'";
            case "recorded_at", "stats_since", "minmax_stats_since" -> "moment";
            case "interval_seconds" -> "300.0::double";
            case "queryid" -> "(hash(s) >> 1)::bigint";
            case "toplevel" -> "true";
            case "reset_detected" -> "false";
            case "calls" -> "n::bigint";
            case "total_exec_time" -> "n * 20.0 / (1 + s)";
            default ->
                    column.startsWith("jit")
                                    || column.startsWith("local")
                                    || column.startsWith("temp")
                            ? (type.equals("double") ? "0.0::double" : "0::bigint")
                            : type.equals("double")
                                    ? "(n * 7 % 1000) / 100.0"
                                    : "(n * 13 % 5000)::bigint";
        };
    }
}
