package io.lakebaseops.lakehouse.delta;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.StatementRollup;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.StatementTotals;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// How long the questions of the Queries screen take over 90 days of statements: the top twenty of
/// seven days (500 ms are wanted) and the trend of one statement over 90 days (200 ms).
/// `StatementHistoryBench [MILLIONS OF ROWS, 5] [DIRECTORY]`; a directory that holds a history
/// already is asked again. The history is written by DuckDB in bulk, a file a day as maintenance
/// leaves them, in order of time, with the statistics in the log that our own writer keeps; today
/// is half over and in files of five minutes, as the collector leaves them. The sums are our own.
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
                        FIRST.plusDays(DAYS - 1).atTime(12, 1).toInstant(ZoneOffset.UTC),
                        ZoneOffset.UTC);
        try (var lake = LocalLakehouse.open(dir, clock)) {
            lake.ensureTables(OpsTables.ALL);
            if (lake.facts(OpsTables.PG_STAT_HISTORY.name()).rows() == 0) {
                long began = System.nanoTime();
                generate(dir.resolve(TableName.CATALOG), statements);
                System.out.printf("generated in %.1f s%n", (System.nanoTime() - began) / 1e9);
            }
            System.out.println(lake.facts(OpsTables.PG_STAT_HISTORY.name()));
            for (var rollup : StatementRollup.ALL) {
                time("sums", () -> System.out.println(lake.rollUp(rollup, "run", patience())));
                System.out.println(lake.facts(rollup.sums()));
            }
        }
        try (var lake = LocalLakehouse.open(dir, clock)) {
            ask(new StatementStatistics(lake), clock.instant());
        }
    }

    private static void ask(StatementStatistics history, Instant now) {
        var day = TimeRange.before(now, Duration.ofDays(1));
        var week = TimeRange.before(now, Duration.ofDays(7));
        var all = TimeRange.before(now, Duration.ofDays(DAYS));
        var top = new ArrayList<StatementTotals>();
        time("the first question", () -> top.add(totals(history, week)));
        long one = Objects.requireNonNull(top.getFirst().rows().get(3).queryId());
        var sixty =
                history.totals(TARGET, week, Dimension.STATEMENT, 60, patience()).rows().stream()
                        .map(StatementTotals.Row::queryId)
                        .filter(Objects::nonNull)
                        .toList();
        var questions = new LinkedHashMap<String, Runnable>();
        questions.put(
                "trend of one statement over 90 days",
                () -> history.trends(TARGET, List.of(one), all, DAYS, patience()));
        questions.put(
                "top 20 of seven days, against the seven before", () -> totals(history, week));
        questions.put("top 20 of 90 days", () -> totals(history, all));
        questions.put("top 20 of a day", () -> totals(history, day));
        questions.put(
                "trend of one statement over a day",
                () -> history.trends(TARGET, List.of(one), day, 120, patience()));
        questions.put(
                "trends of 60 statements over seven days",
                () -> history.trends(TARGET, sixty, week, 40, patience()));
        questions.put(
                "trends of 60 statements over 90 days",
                () -> history.trends(TARGET, sixty, all, 40, patience()));
        questions.forEach(
                (what, question) -> {
                    time("first: " + what, question);
                    for (int i = 0; i < 5; i++) {
                        time(what, question);
                    }
                });
        var memory = new long[] {Runtime.getRuntime().totalMemory() >> 20, resident() >> 20};
        System.out.printf("heap %d MB, resident %d MB%n", memory[0], memory[1]);
    }

    private static StatementTotals totals(StatementStatistics history, TimeRange range) {
        return history.totals(TARGET, range, Dimension.STATEMENT, 20, patience());
    }

    private static long resident() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmHWM"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Deadline patience() {
        return Deadline.in(Duration.ofMinutes(10));
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
            for (int d = 0; d < DAYS - 1; d++) {
                commit.add(file(statement, table, FIRST.plusDays(d), statements, 0, INTERVALS));
            }
            for (int i = 0; i < INTERVALS / 2; i++) {
                var today = FIRST.plusDays(DAYS - 1);
                commit.add(file(statement, table, today, statements, i, i + 1));
            }
        }
        Files.write(log.resolve("%020d.json".formatted(version)), commit);
    }

    /// Writes some intervals of a day, half a second late as they are measured, and returns the
    /// line of the log that adds the file.
    private static String file(
            Statement duck, Path table, LocalDate day, int statements, int from, int until)
            throws IOException, SQLException {
        var partition = "date=%s/branch_id=production".formatted(day);
        var name = "part-%d.parquet".formatted(from);
        var file = Files.createDirectories(table.resolve(partition)).resolve(name);
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
                ("copy (select %s from (select timestamptz '%s 00:00:00.5Z' + i * interval 5 minute as moment, s,"
                                + " 1 + hash(s * 1000 + i) %% 1000 as n from range(%d, %d) a(i), range(%d) b(s))"
                                + " order by moment) to '%s' (format parquet, compression snappy)")
                        .formatted(columns, day, from, until, statements, file));
        var add = JSON.createObjectNode().put("path", partition + "/" + name);
        add.putObject("partitionValues").put("date", day.toString()).put("branch_id", "production");
        add.put("size", Files.size(file))
                .put("modificationTime", Files.getLastModifiedTime(file).toMillis())
                .put("dataChange", false)
                .put("stats", stats(day, from, until, (long) statements * (until - from)));
        return JSON.writeValueAsString(JSON.createObjectNode().set("add", add));
    }

    private static String stats(LocalDate day, int from, int until, long rows) throws IOException {
        var stats = JSON.createObjectNode().put("numRecords", rows);
        stats.putObject("minValues").put("recorded_at", at(day, from));
        stats.putObject("maxValues").put("recorded_at", at(day, until - 1));
        stats.putObject("nullCount").put("recorded_at", 0);
        return JSON.writeValueAsString(stats);
    }

    private static String at(LocalDate day, int interval) {
        return day.atStartOfDay().plusMinutes(interval * 5L) + ":00.500Z";
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
