package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The query sets for dashboards, unchanged on two engines over tables that the product wrote: on
/// DuckDB in every build, on Spark with -Dspark.
final class DashboardsTest {
    private static final TargetId SHOP = new TargetId("t", "shop", "production");
    private static final List<String> SETS =
            List.of(
                    "performance",
                    "indexes",
                    "vacuum",
                    "sync",
                    "branches",
                    "health",
                    "cost",
                    "archival");

    @TempDir private Path dir;
    private LocalLakehouse lake;
    private final Instant now = Instant.now();

    @BeforeEach
    void write() {
        lake = LocalLakehouse.open(dir, Clock.systemUTC());
        lake.ensureTables(OpsTables.ALL);
        statements();
        for (var status : List.of("pending_review", "approved")) {
            append(
                    OpsTables.INDEX_RECOMMENDATIONS,
                    row(
                            Duration.ofMinutes(status.equals("approved") ? 1 : 60),
                            Map.of(
                                    "recommendation_id", "r1",
                                    "schema_name", "public",
                                    "table_name", "orders",
                                    "recommendation_type", "drop_unused",
                                    "confidence", 0.9,
                                    "status", status)));
        }
        append(
                OpsTables.VACUUM_HISTORY,
                row(
                        Duration.ofDays(2),
                        Map.of(
                                "operation_id", "v1",
                                "schema_name", "public",
                                "table_name", "orders",
                                "operation_type", "vacuum",
                                "dead_tuples_before", 100L,
                                "dead_tuples_after", 10L,
                                "duration_seconds", 2.5,
                                "status", "succeeded")));
        for (var status : List.of("drift", "in_sync")) {
            append(
                    OpsTables.SYNC_VALIDATION_HISTORY,
                    row(
                            Duration.ofMinutes(status.equals("drift") ? 90 : 5),
                            Map.of(
                                    "validation_id",
                                    status,
                                    "source_table",
                                    "public.orders",
                                    "target_table",
                                    "lake.orders",
                                    "count_drift",
                                    status.equals("drift") ? 7L : 0L,
                                    "status",
                                    status)));
        }
        append(
                OpsTables.BRANCH_LIFECYCLE,
                row(
                        Duration.ofDays(1),
                        Map.of("event_type", "created", "ttl_seconds", 3600L, "actor", "ada")));
        append(
                OpsTables.LAKEBASE_METRICS,
                row(
                        Duration.ofMinutes(5),
                        Map.of(
                                "metric_name", "tps",
                                "metric_value", 40.0,
                                "unit", "1/s",
                                "threshold_level", "warning")));
        for (int bill = 1; bill <= 2; bill++) {
            append(
                    OpsTables.COST_ATTRIBUTION,
                    row(
                            Duration.ofHours(10 - bill),
                            Map.of(
                                    "usage_date", "2026-03-01",
                                    "product", "LAKEBASE",
                                    "usage_type", "COMPUTE_TIME",
                                    "share_kind", "endpoint",
                                    "usage_quantity", new BigDecimal("1.5"),
                                    "usage_unit", "DBU",
                                    "cost", new BigDecimal(bill),
                                    "currency", "USD")));
        }
        append(
                OpsTables.DATA_ARCHIVAL_HISTORY,
                row(
                        Duration.ofDays(3),
                        Map.of(
                                "archival_id", "a1",
                                "source_table", "public.orders",
                                "archive_table", "orders_cold",
                                "rows_archived", 500L,
                                "bytes_reclaimed", 4096L,
                                "status", "succeeded")));
    }

    /// Ten intervals of 5 ms a call a day ago and ten of 20 ms now, each a little apart.
    private void statements() {
        for (int i = 0; i < 20; i++) {
            boolean recent = i >= 10;
            append(
                    OpsTables.PG_STAT_HISTORY,
                    row(
                            recent
                                    ? Duration.ofMinutes(5L * (i - 9))
                                    : Duration.ofHours(10).plusMinutes(5L * i),
                            Map.of(
                                    "interval_seconds",
                                    300.0,
                                    "dbid",
                                    1L,
                                    "userid",
                                    1L,
                                    "queryid",
                                    77L,
                                    "toplevel",
                                    true,
                                    "calls",
                                    100L,
                                    "total_exec_time",
                                    (recent ? 2000.0 : 500.0) + i,
                                    "reset_detected",
                                    false)));
        }
    }

    private Map<String, @Nullable Object> row(Duration ago, Map<String, ?> values) {
        var row = HistoryRow.of(SHOP, now.minus(ago), "run");
        row.putAll(values);
        return row;
    }

    private void append(TableDef table, Map<String, @Nullable Object> row) {
        lake.append(table.name(), List.of(row));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void everySetRunsUnchangedOnDuckDbAndSaysWhatIsInTheTables() throws Exception {
        var found = new LinkedHashMap<String, List<Map<String, Object>>>();
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("CREATE SCHEMA lakebase_ops");
            for (var table : OpsTables.ALL) {
                var folder = folder(table);
                if (written(folder)) {
                    statement.execute(
                            ("CREATE VIEW lakebase_ops.%s AS SELECT * FROM read_parquet('%s/**/*.parquet',"
                                            + " union_by_name = true, hive_partitioning = true)")
                                    .formatted(table.name().table(), folder));
                }
            }
            for (var set : SETS) {
                found.put(set, rows(statement.executeQuery(text(set))));
            }
        }
        assertThat(only(found, "performance"))
                .containsEntry("calls_now", big(1000))
                .containsEntry("slower", true);
        assertThat(only(found, "indexes"))
                .containsEntry("accepted", big(1))
                .containsEntry("pending", big(0));
        assertThat(only(found, "vacuum")).containsEntry("dead_removed", big(90));
        assertThat(only(found, "sync"))
                .containsEntry("status", "in_sync")
                .containsEntry("not_in_sync", big(1));
        assertThat(only(found, "branches"))
                .containsEntry("created_by", "ada")
                .containsEntry("lives", 1);
        assertThat(only(found, "health")).containsEntry("warnings", big(1));
        assertThat((BigDecimal) only(found, "cost").get("cost"))
                .as("only the bill stored last")
                .isEqualByComparingTo("2");
        assertThat(only(found, "archival")).containsEntry("bytes_reclaimed", big(4096));
    }

    @Test
    void everySetRunsUnchangedOnSpark() throws Exception {
        for (var spark : Spark.all().toList()) {
            var script = new StringBuilder("CREATE DATABASE lakebase_ops;\n");
            for (var table : OpsTables.ALL) {
                script.append(
                        "CREATE TABLE lakebase_ops.%s USING delta LOCATION '%s';%n"
                                .formatted(table.name().table(), folder(table)));
            }
            for (var set : SETS) {
                script.append(text(set)).append(";\n");
            }
            var scratch = Files.createDirectory(dir.resolve(spark.generation()));
            assertThat(spark.run(script.toString(), scratch))
                    .as(spark.generation())
                    .noneMatch(line -> line.startsWith("!"))
                    .filteredOn(line -> line.startsWith("="))
                    .hasSameSizeAs(SETS);
        }
    }

    private static Object big(long n) {
        return BigInteger.valueOf(n);
    }

    private static Map<String, Object> only(
            Map<String, List<Map<String, Object>>> found, String set) {
        var rows = Objects.requireNonNull(found.get(set));
        assertThat(rows).as(set).hasSize(1);
        return rows.getFirst();
    }

    private static List<Map<String, Object>> rows(ResultSet result) throws SQLException {
        var rows = new ArrayList<Map<String, Object>>();
        var meta = result.getMetaData();
        while (result.next()) {
            var row = new LinkedHashMap<String, Object>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                var value = result.getObject(i);
                // Sums are wider than what they sum; one form for all.
                row.put(meta.getColumnName(i), value instanceof Long n ? big(n) : value);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String text(String set) throws IOException {
        return Files.readString(Path.of("sql/dashboards", set + ".sql"));
    }

    private Path folder(TableDef table) throws IOException {
        try (Stream<Path> walk = Files.walk(dir)) {
            return walk.filter(p -> p.endsWith("_delta_log"))
                    .map(Path::getParent)
                    .filter(p -> p.getFileName().toString().equals(table.name().table()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean written(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.anyMatch(
                    p -> p.toString().endsWith(".parquet") && !p.toString().contains("_delta_log"));
        }
    }
}
