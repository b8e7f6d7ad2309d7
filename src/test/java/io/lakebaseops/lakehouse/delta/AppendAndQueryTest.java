package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.ColumnType;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.TableStatus.Outcome;
import io.lakebaseops.lakehouse.WriteId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class AppendAndQueryTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final TableName METRICS = OpsTables.LAKEBASE_METRICS.name();

    @TempDir Path dir;
    private final TestClock clock = new TestClock(START);
    private LocalLakehouse lake;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, clock);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private Rows ask(String sql, Map<String, ?> values, ReadScope scope) {
        return lake.query(
                new LakeQuery("test", sql), values, scope, Deadline.in(Duration.ofSeconds(60)));
    }

    private Rows ask(String sql) {
        return ask(sql, Map.of(), ReadScope.ALL);
    }

    static Map<String, Object> metric(Instant at, String name, Object value) {
        var row = new HashMap<String, Object>();
        row.put("project_id", "shop");
        row.put("branch_id", "production");
        row.put("recorded_at", at);
        row.put("run_id", "r1");
        row.put("source", "live");
        row.put("metric_name", name);
        row.put("metric_value", value);
        row.put("unit", "ratio");
        return row;
    }

    @Test
    void every_table_of_the_catalog_is_created_once_and_found_the_next_time() {
        assertThat(lake.ensureTables(OpsTables.ALL))
                .hasSize(OpsTables.ALL.size())
                .allMatch(s -> s.outcome() == Outcome.CREATED, "created");
        assertThat(lake.ensureTables(OpsTables.ALL))
                .allMatch(s -> s.outcome() == Outcome.PRESENT && s.version() == 0);
        for (var def : OpsTables.ALL) {
            assertThat(ask("SELECT * FROM {" + def.name().table() + "}").list()).isEmpty();
        }
    }

    @Test
    void tables_stay_at_the_protocol_every_delta_reader_understands() throws Exception {
        lake.ensureTables(List.of(OpsTables.PG_STAT_HISTORY));
        var log =
                Files.readString(
                        dir.resolve(
                                "ops_catalog/lakebase_ops/pg_stat_history/_delta_log/"
                                        + "00000000000000000000.json"));
        assertThat(log).contains("\"minReaderVersion\":1,\"minWriterVersion\":2");
        assertThat(log).contains("ms, needs track_io_timing");
    }

    /// They are not forced to the disk, so the machine's crash may leave them empty or cut off.
    @Test
    void a_checksum_that_a_crash_left_empty_or_torn_is_passed_over() throws Exception {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        lake.append(METRICS, List.of(metric(START, "tps", 1.0)));
        lake.append(METRICS, List.of(metric(START, "tps", 2.0)));
        var log = dir.resolve("ops_catalog/lakebase_ops/lakebase_metrics/_delta_log");
        for (int kept : new int[] {0, 40}) {
            try (var files = Files.list(log)) {
                for (var crc : files.filter(f -> f.toString().endsWith(".crc")).toList()) {
                    var bytes = Files.readAllBytes(crc);
                    Files.write(crc, Arrays.copyOf(bytes, Math.min(kept, bytes.length)));
                }
            }
            try (var after = LocalLakehouse.open(dir, clock)) {
                var before = after.rowCount(METRICS);
                after.append(METRICS, List.of(metric(START, "tps", 3.0)));
                assertThat(after.rowCount(METRICS)).isEqualTo(before + 1);
            }
        }
        assertThat(lake.rowCount(METRICS)).isEqualTo(4);
    }

    @Test
    void a_missing_column_is_added_and_older_rows_read_as_null_in_it() {
        var wide = OpsTables.LAKEBASE_METRICS;
        var narrow = without(wide, "subject");
        lake.ensureTables(List.of(narrow));
        lake.append(METRICS, List.of(metric(START, "tps", 1.0)));

        var status = lake.ensureTables(List.of(wide)).getFirst();

        assertThat(status.outcome()).isEqualTo(Outcome.EXTENDED);
        assertThat(status.notes()).containsExactly("added subject text");
        var row = metric(START.plusSeconds(1), "tps", 2.0);
        row.put("subject", "shop.orders");
        lake.append(METRICS, List.of(row));
        assertThat(
                        ask("SELECT subject FROM {lakebase_metrics} ORDER BY recorded_at")
                                .list()
                                .stream()
                                .map(r -> r.get("subject")))
                .containsExactly(null, "shop.orders");
    }

    @Test
    void a_column_of_another_type_is_reported_and_left_alone() {
        var name = TableName.ops("things");
        lake.ensureTables(List.of(table(name, ColumnDef.text("a", ""), ColumnDef.count("b", ""))));
        var status =
                lake.ensureTables(
                                List.of(
                                        table(
                                                name,
                                                ColumnDef.count("a", ""),
                                                ColumnDef.real("c", ""))))
                        .getFirst();
        assertThat(status.outcome()).isEqualTo(Outcome.MISMATCH);
        assertThat(status.notes()).containsExactly("column a is string, expected long");
        assertThat(lake.version(name)).isZero();
    }

    @Test
    void every_type_comes_back_as_it_went_in() {
        var name = TableName.ops("things");
        lake.ensureTables(
                List.of(
                        table(
                                name,
                                column("t", ColumnType.Plain.TEXT),
                                column("i", ColumnType.Plain.INT),
                                column("l", ColumnType.Plain.LONG),
                                column("f", ColumnType.Plain.FLOAT),
                                column("d", ColumnType.Plain.DOUBLE),
                                column("b", ColumnType.Plain.BOOLEAN),
                                column("day", ColumnType.Plain.DATE),
                                column("ts", ColumnType.Plain.TIMESTAMP),
                                column("bin", ColumnType.Plain.BINARY),
                                column("n", new ColumnType.Decimal(30, 4)))));
        var at = Instant.parse("1969-12-31T23:59:59.123456Z");
        var full = new HashMap<String, Object>();
        full.put("t", "größe 👍 'quoted' \\ \n\t");
        full.put("i", 7);
        full.put("l", Long.MIN_VALUE);
        full.put("f", 1.5f);
        full.put("d", Double.NaN);
        full.put("b", true);
        full.put("day", LocalDate.of(1960, 2, 29));
        full.put("ts", at);
        full.put("bin", new byte[] {0, -1, 2});
        full.put("n", new BigDecimal("12345678901234567890.1234"));
        lake.append(name, List.of(full, Map.of("d", Double.NEGATIVE_INFINITY)));

        var rows = ask("SELECT * FROM {things} ORDER BY t NULLS LAST").list();

        var back = new HashMap<>(rows.getFirst());
        assertThat((byte[]) back.remove("bin")).containsExactly(0, -1, 2);
        full.remove("bin");
        full.put("i", 7L);
        assertThat(back).isEqualTo(full);
        assertThat(rows.get(1)).containsEntry("d", Double.NEGATIVE_INFINITY);
        assertThat(rows.get(1).values().stream().filter(v -> v != null)).hasSize(1);
    }

    @Test
    void names_with_any_character_keep_their_own_table() {
        var upper = new TableName(TableName.ARCHIVE, "Shop \"x\"__Bestellungen.ä/ö %41_cold");
        var lower = new TableName(TableName.ARCHIVE, "shop \"x\"__bestellungen.ä/ö %41_cold");
        lake.ensureTables(
                List.of(
                        table(upper, ColumnDef.text("a", "")),
                        table(lower, ColumnDef.text("a", ""))));
        lake.append(upper, List.of(Map.of("a", "1"), Map.of("a", "2")));
        assertThat(lake.rowCount(upper)).isEqualTo(2);
        assertThat(lake.rowCount(lower)).isZero();
        assertThat(lake.maintain(upper, "r", Deadline.in(Duration.ofSeconds(60))).after().rows())
                .isEqualTo(2);
    }

    @Test
    void partitions_and_directories_may_hold_any_character() {
        var branches = new ArrayList<String>(List.of("127.0.0.1:5432", "a/b=c", "ü %41 [x]* ?'"));
        var def = OpsTables.PG_STAT_HISTORY;
        var count =
                new LakeQuery(
                        "branches",
                        "SELECT branch_id AS b, count(*) AS n FROM {pg_stat_history}"
                                + " GROUP BY 1 ORDER BY 1 NULLS LAST");
        try (var odd = LocalLakehouse.open(dir.resolve("my [data] %20 *ü?"), clock)) {
            odd.ensureTables(List.of(def));
            for (int i = 0; i < 8; i++) {
                var rows = LakehouseFigures.statements(START.plusSeconds(i), 4);
                for (int r = 0; r < 3; r++) {
                    rows.get(r).put("branch_id", branches.get(r));
                }
                rows.get(3).remove("branch_id");
                odd.append(def.name(), rows);
            }
            var deadline = Deadline.in(Duration.ofSeconds(60));
            var before = odd.query(count, Map.of(), ReadScope.ALL, deadline).list();
            assertThat(before)
                    .extracting(r -> r.get("b"))
                    .containsExactly("127.0.0.1:5432", "a/b=c", "ü %41 [x]* ?'", null);
            assertThat(before).extracting(r -> r.get("n")).containsOnly(8L);

            assertThat(odd.maintain(def.name(), "r", deadline).filesWritten()).isEqualTo(4);
            assertThat(odd.query(count, Map.of(), ReadScope.ALL, deadline).list())
                    .isEqualTo(before);
            assertThat(odd.query(count, Map.of(), ReadScope.ALL.onBranch("a/b=c"), deadline).list())
                    .containsExactly(Map.of("b", "a/b=c", "n", 8L));
        }
    }

    @Test
    void values_are_bound_by_name_and_never_read_as_sql() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        lake.append(METRICS, List.of(metric(START, "it's :x", 1.0), metric(START, "b", 2.0)));
        var rows =
                ask(
                        "SELECT metric_name AS m, ':no' AS s, 1::BIGINT AS n FROM"
                                + " {lakebase_metrics} WHERE metric_name = :name AND :name <> '' AND"
                                + " recorded_at = :at",
                        Map.of("name", "it's :x", "at", START),
                        ReadScope.ALL);
        assertThat(rows.list()).containsExactly(Map.of("m", "it's :x", "s", ":no", "n", 1L));
        assertThatThrownBy(() -> ask("SELECT :missing FROM {lakebase_metrics}"))
                .hasMessageContaining(":missing");
    }

    @Test
    void a_row_that_does_not_fit_is_refused_and_nothing_is_stored() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        var good = metric(START, "tps", 1.0);
        var noName = metric(START, "tps", 1.0);
        noName.remove("metric_name");
        var unknown = metric(START, "tps", 1.0);
        unknown.put("colour", "red");
        var wrong = metric(START, "tps", "many");
        for (var bad : List.of(noName, unknown, wrong)) {
            assertThatThrownBy(() -> lake.append(METRICS, List.of(good, bad)))
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("nothing was stored");
        }
        assertThat(lake.rowCount(METRICS)).isZero();
        assertThat(lake.version(METRICS)).isZero();
    }

    @Test
    void rows_fall_into_the_utc_day_they_were_recorded_on() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        lake.append(
                METRICS,
                List.of(
                        metric(Instant.parse("2026-03-01T23:59:59.999999Z"), "a", 1.0),
                        metric(Instant.parse("2026-03-02T00:00:00Z"), "b", 1.0)));
        assertThat(ask("SELECT metric_name, date FROM {lakebase_metrics} ORDER BY 1").list())
                .containsExactly(
                        Map.of("metric_name", "a", "date", LocalDate.of(2026, 3, 1)),
                        Map.of("metric_name", "b", "date", LocalDate.of(2026, 3, 2)));
        assertThat(
                        ask(
                                        "SELECT metric_name FROM {lakebase_metrics}",
                                        Map.of(),
                                        ReadScope.since(Instant.parse("2026-03-02T00:00:00Z")))
                                .list())
                .containsExactly(Map.of("metric_name", "b"));
    }

    @Test
    void a_scope_sees_its_time_and_branch_only() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        for (int hour = 0; hour < 5; hour++) {
            var row = metric(START.plus(Duration.ofHours(hour)), "h" + hour, 1.0);
            row.put("branch_id", hour % 2 == 0 ? "production" : "o'dev");
            lake.append(METRICS, List.of(row));
        }
        var scope =
                ReadScope.between(START.plus(Duration.ofHours(1)), START.plus(Duration.ofHours(4)));
        var names = "SELECT metric_name AS m FROM {lakebase_metrics} ORDER BY 1";
        assertThat(ask(names, Map.of(), scope).list())
                .extracting(r -> r.get("m"))
                .containsExactly("h1", "h2", "h3");
        assertThat(ask(names, Map.of(), scope.onBranch("o'dev")).list())
                .extracting(r -> r.get("m"))
                .containsExactly("h1", "h3");
    }

    @Test
    void the_same_write_is_stored_once_even_by_another_console() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        var rows = List.of(metric(START, "tps", 1.0));
        var id = new WriteId("monitor/shop/production", 1000);
        assertThat(lake.append(METRICS, rows, id).outcome()).isEqualTo(AppendResult.Outcome.STORED);
        assertThat(lake.append(METRICS, rows, id).outcome())
                .isEqualTo(AppendResult.Outcome.ALREADY_STORED);
        try (var other = LocalLakehouse.open(dir, clock)) {
            assertThat(other.append(METRICS, rows, id).outcome())
                    .isEqualTo(AppendResult.Outcome.ALREADY_STORED);
            assertThat(
                            other.append(
                                            METRICS,
                                            rows,
                                            new WriteId("monitor/shop/production", 1001))
                                    .outcome())
                    .isEqualTo(AppendResult.Outcome.STORED);
            assertThat(other.append(METRICS, rows, new WriteId("monitor/shop/dev", 1)).outcome())
                    .isEqualTo(AppendResult.Outcome.STORED);
        }
        assertThat(lake.rowCount(METRICS)).isEqualTo(3);
    }

    @Test
    void an_earlier_version_can_be_read() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        var versions = new ArrayList<Long>();
        for (int i = 0; i < 3; i++) {
            versions.add(lake.append(METRICS, List.of(metric(START, "m" + i, 1.0))).version());
        }
        var count = "SELECT count(*) AS n FROM {lakebase_metrics}";
        assertThat(ask(count, Map.of(), ReadScope.ALL.asOf(METRICS, versions.get(1))).list())
                .containsExactly(Map.of("n", 2L));
        assertThat(ask(count).list()).containsExactly(Map.of("n", 3L));
        assertThatThrownBy(() -> ask(count, Map.of(), ReadScope.ALL.asOf(METRICS, 99)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("choose a later version".substring(0, 6));
    }

    @Test
    void a_table_that_was_never_made_says_how_to_make_it() {
        assertThatThrownBy(() -> lake.rowCount(METRICS)).hasMessageContaining("create_ops_catalog");
    }

    @Test
    void a_damaged_log_is_told_in_plain_words() throws Exception {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        lake.append(METRICS, List.of(metric(START, "tps", 1.0)));
        var log = TablePaths.below(dir.resolve("ops_catalog"), METRICS).resolve("_delta_log");
        for (var name : List.of("00000000000000000001.json", "00000000000000000001.crc")) {
            Files.writeString(log.resolve(name), "{torn");
        }
        try (var other = LocalLakehouse.open(dir, clock)) {
            assertThatThrownBy(() -> other.rowCount(METRICS)).isInstanceOf(OpsException.class);
            assertThatThrownBy(() -> other.append(METRICS, List.of(metric(START, "x", 1.0))))
                    .isInstanceOf(OpsException.class);
            assertThat(other.ensureTables(List.of(OpsTables.LAKEBASE_METRICS)))
                    .allMatch(s -> s.outcome() != Outcome.CREATED);
        }
    }

    @Test
    void a_query_past_its_deadline_ends() {
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
        var endless =
                "SELECT count(*) FROM range(100000000000) r WHERE r.range % 7 = hash(r.range) % 5";
        long start = System.nanoTime();
        assertThatThrownBy(
                        () ->
                                lake.query(
                                        new LakeQuery("endless", endless),
                                        Map.of(),
                                        ReadScope.ALL,
                                        Deadline.in(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    private static ColumnDef column(String name, ColumnType type) {
        return new ColumnDef(name, type, true, "");
    }

    private static TableDef table(TableName name, ColumnDef... columns) {
        return new TableDef(name, "", List.of(columns), List.of(), null);
    }

    private static TableDef without(TableDef def, String column) {
        return new TableDef(
                def.name(),
                def.comment(),
                def.columns().stream().filter(c -> !c.name().equals(column)).toList(),
                def.partitionedBy(),
                def.retentionDays());
    }
}
