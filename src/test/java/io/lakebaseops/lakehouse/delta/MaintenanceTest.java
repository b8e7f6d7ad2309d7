package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.MaintenanceReport;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

final class MaintenanceTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final TableName METRICS = OpsTables.LAKEBASE_METRICS.name();
    private static final TableName VACUUMS = OpsTables.VACUUM_HISTORY.name();

    @TempDir Path dir;
    private final TestClock clock = new TestClock(START);
    private LocalLakehouse lake;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, clock);
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS, OpsTables.VACUUM_HISTORY));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private MaintenanceReport maintain(TableName table) {
        return lake.maintain(table, "r", Deadline.in(Duration.ofMinutes(2)));
    }

    private void record(String name) {
        lake.append(METRICS, List.of(AppendAndQueryTest.metric(clock.instant(), name, 1.0)));
    }

    private List<Object> names(ReadScope scope) {
        var query =
                new LakeQuery(
                        "names", "SELECT metric_name AS m FROM {lakebase_metrics} ORDER BY 1");
        return lake
                .query(query, Map.of(), scope, Deadline.in(Duration.ofSeconds(60)))
                .list()
                .stream()
                .map(r -> r.get("m"))
                .toList();
    }

    private List<Path> dataFiles(TableName table) throws IOException {
        try (var files = Files.walk(TablePaths.below(dir.resolve("ops_catalog"), table))) {
            return files.filter(f -> f.toString().endsWith(".parquet"))
                    .filter(f -> !f.toString().contains("_delta_log"))
                    .toList();
        }
    }

    @Test
    void small_files_of_a_day_become_one_and_every_row_stays() throws IOException {
        for (int i = 0; i < 10; i++) {
            record("m" + i);
        }
        var report = maintain(METRICS);
        assertThat(report.filesMerged()).isEqualTo(10);
        assertThat(report.filesWritten()).isEqualTo(1);
        assertThat(report.after().rows()).isEqualTo(10);
        assertThat(report.after().files()).isEqualTo(1);
        assertThat(names(ReadScope.ALL)).hasSize(10).contains("m0", "m9");
        assertThat(maintain(METRICS).filesMerged()).as("nothing left to do").isZero();
        assertThat(dataFiles(METRICS)).as("readers may still use the old ones").hasSize(11);
    }

    @Test
    void replaced_files_leave_the_disk_a_day_after_they_were_replaced() throws IOException {
        for (int i = 0; i < 10; i++) {
            record("m" + i);
        }
        clock.advance(DAY.multipliedBy(3));
        var merged = maintain(METRICS);
        assertThat(merged.filesDeleted()).as("old files, but replaced just now").isZero();
        clock.advance(DAY.minusMinutes(1));
        assertThat(maintain(METRICS).filesDeleted()).isZero();
        clock.advance(Duration.ofMinutes(2));
        var report = maintain(METRICS);
        assertThat(report.filesDeleted()).isEqualTo(10);
        assertThat(report.bytesDeleted()).isPositive();
        assertThat(dataFiles(METRICS)).hasSize(1);
        assertThat(names(ReadScope.ALL)).hasSize(10);
        assertThatThrownBy(() -> names(ReadScope.ALL.asOf(METRICS, 5)))
                .isInstanceOf(OpsException.class);
    }

    @Test
    void rows_older_than_the_retention_go_to_the_very_microsecond() {
        var cutoff = START.plus(DAY);
        for (var at : List.of(START, cutoff.minusNanos(1000), cutoff, cutoff.plus(DAY))) {
            lake.append(METRICS, List.of(AppendAndQueryTest.metric(at, at.toString(), 1.0)));
        }
        // One file with rows on both sides of the cutoff.
        lake.append(
                METRICS,
                List.of(
                        AppendAndQueryTest.metric(cutoff.plusSeconds(1), "kept", 1.0),
                        AppendAndQueryTest.metric(cutoff.plusSeconds(2), "kept too", 1.0)));
        clock.advance(DAY.multipliedBy(91));
        var report = maintain(METRICS);
        assertThat(report.rowsExpired()).isEqualTo(2);
        assertThat(names(ReadScope.ALL))
                .containsExactly(
                        cutoff.toString(), cutoff.plus(DAY).toString(), "kept", "kept too");
        clock.advance(Duration.ofMillis(1500));
        assertThat(maintain(METRICS).rowsExpired()).as("inside a merged file").isEqualTo(2);
        assertThat(names(ReadScope.ALL)).containsExactly(cutoff.plus(DAY).toString(), "kept too");
        clock.advance(DAY.multipliedBy(3));
        assertThat(maintain(METRICS).after().rows()).isZero();
    }

    @Test
    void tables_without_partitions_are_merged_and_purged_too() {
        for (int i = 0; i < 20; i++) {
            lake.append(VACUUMS, List.of(vacuum("v" + i)));
            clock.advance(DAY);
        }
        clock.advance(DAY.multipliedBy(80));
        var report = maintain(VACUUMS);
        assertThat(report.rowsExpired()).isEqualTo(10);
        assertThat(report.after().rows()).isEqualTo(10);
        assertThat(report.after().files()).isEqualTo(1);
    }

    @Test
    void audit_rows_are_kept_for_a_year() {
        lake.ensureTables(List.of(OpsTables.ACTION_AUDIT));
        var row = AppendAndQueryTest.metric(START, "x", 1.0);
        row.keySet().removeAll(List.of("metric_name", "metric_value", "unit"));
        row.putAll(Map.of("entry_number", 1, "entry_kind", "intent", "actor", "a"));
        row.putAll(Map.of("action", "b", "entry_hash", "c"));
        lake.append(OpsTables.ACTION_AUDIT.name(), List.of(row));
        clock.advance(DAY.multipliedBy(364));
        assertThat(maintain(OpsTables.ACTION_AUDIT.name()).after().rows()).isEqualTo(1);
        clock.advance(DAY.multipliedBy(2));
        assertThat(maintain(OpsTables.ACTION_AUDIT.name()).after().rows()).isZero();
    }

    @Test
    void a_file_whose_writer_died_before_the_commit_is_swept_away_after_the_grace()
            throws IOException {
        record("committed");
        var directory = dataFiles(METRICS).getFirst().resolve("..").normalize();
        var orphan = directory.resolve("11111111-dead-000.parquet");
        var scratch = directory.resolve(".22222222-dead-000.parquet.3333");
        for (var file : List.of(orphan, scratch)) {
            Files.writeString(file, "torn");
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        }
        assertThat(names(ReadScope.ALL)).containsExactly("committed");
        assertThat(maintain(METRICS).filesDeleted()).as("may be under way").isZero();
        clock.advance(DAY.plusMinutes(1));
        assertThat(maintain(METRICS).filesDeleted()).isEqualTo(2);
        assertThat(orphan).doesNotExist();
        assertThat(scratch).doesNotExist();
        assertThat(names(ReadScope.ALL)).containsExactly("committed");
    }

    @Test
    void the_log_is_cut_behind_a_checkpoint_and_another_console_still_reads_everything()
            throws IOException {
        var lost = new ArrayList<String>();
        for (int i = 0; i < 120; i++) {
            record("%03d".formatted(i));
            lost.add("%03d".formatted(i));
            clock.advance(Duration.ofHours(1));
            if (i % 24 == 23) {
                maintain(METRICS);
            }
        }
        var log = TablePaths.below(dir.resolve("ops_catalog"), METRICS).resolve("_delta_log");
        assertThat(log.resolve("00000000000000000000.json")).doesNotExist();
        try (var files = Files.list(log)) {
            assertThat(files.count()).isLessThan(180);
        }
        try (var other = LocalLakehouse.open(dir, clock)) {
            assertThat(other.rowCount(METRICS)).isEqualTo(120);
        }
        assertThat(names(ReadScope.ALL)).containsExactlyElementsOf(lost);
    }

    @Test
    void a_backlog_shrinks_with_every_run_however_short_its_time() {
        try (var fast = LocalLakehouse.open(dir, clock, MaintenancePolicy.DEFAULT, false)) {
            for (int i = 0; i < 200; i++) {
                fast.append(
                        METRICS, List.of(AppendAndQueryTest.metric(clock.instant(), "m" + i, 1.0)));
                clock.advance(Duration.ofMinutes(20));
            }
            clock.advance(DAY);
            int before = 200;
            int left = before;
            for (int run = 0; left > 0; run++) {
                assertThat(run).as("runs").isLessThan(10);
                var report = fast.maintain(METRICS, "r" + run, Deadline.in(Duration.ZERO));
                assertThat(report.after().files()).isLessThan(before);
                assertThat(report.after().rows()).isEqualTo(200);
                before = report.after().files();
                left = report.filesLeft();
            }
            assertThat(before).as("one file a day").isEqualTo(3);
        }
    }

    @Test
    void a_slice_whose_files_somebody_else_changed_is_left_alone() throws IOException {
        for (int i = 0; i < 10; i++) {
            record("m" + i);
        }
        var table = new DeltaTable(METRICS, tableOf(METRICS), new LocalEngine(clock, false));
        var known = table.latest().getVersion();
        var files = table.files(table.latest());
        var paths = files.stream().map(LiveFile::path).collect(Collectors.toSet());
        record("later");
        long appended = table.latest().getVersion();
        assertThat(LogTail.undisturbed(table, known, appended, paths)).as("an append").isTrue();
        maintain(METRICS);
        long merged = table.latest().getVersion();
        assertThat(LogTail.undisturbed(table, known, merged, paths)).as("a merge").isFalse();
        assertThat(LogTail.undisturbed(table, known, merged + 5, Set.of()))
                .as("commits that are not there")
                .isFalse();
    }

    private Path tableOf(TableName table) {
        return TablePaths.below(dir.resolve("ops_catalog"), table);
    }

    @Test
    void a_new_retention_in_the_definition_reaches_an_existing_table() {
        record("old");
        clock.advance(DAY.multipliedBy(40));
        record("new");
        assertThat(maintain(METRICS).rowsExpired()).isZero();
        var def = OpsTables.LAKEBASE_METRICS;
        lake.ensureTables(
                List.of(new TableDef(def.name(), "", def.columns(), def.partitionedBy(), 30)));
        assertThat(maintain(METRICS).rowsExpired()).isEqualTo(1);
        assertThat(names(ReadScope.ALL)).containsExactly("new");
    }

    private Map<String, Object> vacuum(String id) {
        var row = new HashMap<String, Object>();
        row.put("project_id", "shop");
        row.put("recorded_at", clock.instant());
        row.put("run_id", "r");
        row.put("source", "live");
        row.put("operation_id", id);
        row.put("schema_name", "s");
        row.put("table_name", "t");
        row.put("operation_type", "vacuum");
        row.put("status", "succeeded");
        return row;
    }
}
