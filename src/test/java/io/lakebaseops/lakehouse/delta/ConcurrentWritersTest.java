package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.TableStatus;
import io.lakebaseops.lakehouse.WriteId;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

final class ConcurrentWritersTest {
    private static final TableName METRICS = OpsTables.LAKEBASE_METRICS.name();

    @TempDir Path dir;
    private final Clock clock = Clock.systemUTC();
    // One day for all rows, also at midnight: files of different days are never merged.
    private final Instant recorded = clock.instant();
    private LocalLakehouse lake;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, clock);
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private List<Object> names() {
        var query =
                new LakeQuery(
                        "names", "SELECT metric_name AS m FROM {lakebase_metrics} ORDER BY 1");
        return lake
                .query(query, Map.of(), ReadScope.ALL, Deadline.in(Duration.ofSeconds(60)))
                .list()
                .stream()
                .map(r -> r.get("m"))
                .toList();
    }

    private void append(LocalLakehouse to, String name) {
        to.append(METRICS, List.of(AppendAndQueryTest.metric(recorded, name, 1.0)));
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(work.size())) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(work, 3, TimeUnit.MINUTES)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void two_threads_and_a_second_console_lose_nothing_while_a_fourth_merges() throws Exception {
        try (var other = LocalLakehouse.open(dir, clock)) {
            var work = new ArrayList<Callable<Object>>();
            for (var writer : List.of("a", "b", "c")) {
                work.add(
                        () -> {
                            for (int i = 0; i < 30; i++) {
                                append(writer.equals("c") ? other : lake, writer + i);
                            }
                            return writer;
                        });
            }
            work.add(
                    () -> {
                        int merged = 0;
                        for (int i = 0; i < 10; i++) {
                            merged +=
                                    other.maintain(METRICS, "r", Deadline.in(Duration.ofMinutes(2)))
                                            .filesMerged();
                        }
                        return merged;
                    });
            together(work);
        }
        assertThat(names()).hasSize(90).doesNotHaveDuplicates();
    }

    @Test
    void two_consoles_merging_at_once_double_no_row() throws Exception {
        for (int i = 0; i < 12; i++) {
            append(lake, "m" + i);
        }
        try (var other = LocalLakehouse.open(dir, clock)) {
            var work = new ArrayList<Callable<Integer>>();
            for (var home : List.of(lake, other)) {
                work.add(
                        () ->
                                home.maintain(METRICS, "r", Deadline.in(Duration.ofMinutes(2)))
                                        .filesMerged());
            }
            assertThat(together(work)).as("one of them").containsExactlyInAnyOrder(0, 12);
        }
        assertThat(names()).hasSize(12).doesNotHaveDuplicates();
        assertThat(lake.facts(METRICS).files()).isEqualTo(1);
    }

    @Test
    void the_same_write_tried_by_many_at_once_is_stored_once() throws Exception {
        var rows = List.of(AppendAndQueryTest.metric(clock.instant(), "once", 1.0));
        var work = new ArrayList<Callable<AppendResult.Outcome>>();
        for (int i = 0; i < 4; i++) {
            work.add(() -> lake.append(METRICS, rows, new WriteId("w", 7)).outcome());
        }
        assertThat(together(work))
                .containsOnlyOnce(AppendResult.Outcome.STORED)
                .contains(AppendResult.Outcome.ALREADY_STORED);
        assertThat(names()).containsExactly("once");
    }

    @Test
    void a_column_added_by_another_console_does_not_disturb_a_writer() {
        append(lake, "before");
        var columns = new ArrayList<>(OpsTables.LAKEBASE_METRICS.columns());
        columns.add(ColumnDef.text("extra", "new in the next release"));
        try (var newer = LocalLakehouse.open(dir, clock)) {
            var def = OpsTables.LAKEBASE_METRICS;
            var status =
                    newer.ensureTables(
                            List.of(
                                    new TableDef(
                                            METRICS,
                                            "",
                                            columns,
                                            def.partitionedBy(),
                                            def.retentionDays())));
            assertThat(status.getFirst().outcome()).isEqualTo(TableStatus.Outcome.EXTENDED);
        }
        append(lake, "after");
        assertThat(names()).containsExactly("after", "before");
    }

    @Test
    void creating_the_same_tables_from_two_consoles_works_for_both() throws Exception {
        try (var other = LocalLakehouse.open(dir, clock)) {
            var work = new ArrayList<Callable<List<TableStatus>>>();
            work.add(() -> lake.ensureTables(OpsTables.ALL));
            work.add(() -> other.ensureTables(OpsTables.ALL));
            for (var statuses : together(work)) {
                assertThat(statuses).hasSize(OpsTables.ALL.size()).allMatch(TableStatus::usable);
            }
        }
    }

    @Test
    void two_processes_append_to_one_table_and_a_killed_one_leaves_it_whole() throws Exception {
        int each = 25;
        var first = AppendingProcess.start(dir, "first", each);
        var second = AppendingProcess.start(dir, "second", each);
        var doomed = AppendingProcess.start(dir, "doomed", 100_000);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> stored("doomed") >= 5 && stored("first") + stored("second") > 5);
            doomed.destroyForcibly().waitFor();
            assertThat(first.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(second.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            List.of(first, second, doomed).forEach(Process::destroyForcibly);
        }
        assertThat(first.exitValue()).as(() -> text("first")).isZero();
        assertThat(second.exitValue()).as(() -> text("second")).isZero();
        long ofDoomed = stored("doomed");
        var names = names().stream().map(Object::toString).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names.stream().filter(n -> n.startsWith("first-"))).hasSize(each);
        assertThat(names.stream().filter(n -> n.startsWith("second-"))).hasSize(each);
        // The last append may have been committed just before the kill kept it from saying so.
        assertThat(names.stream().filter(n -> n.startsWith("doomed-")).count())
                .isBetween(ofDoomed, ofDoomed + 1);
        append(lake, "still writable");
        assertThat(names()).contains("still writable");
    }

    @Test
    void a_process_killed_between_data_and_commit_leaves_only_litter() throws Exception {
        append(lake, "before");
        var process = AppendingProcess.start(dir, AppendingProcess.DIES, 1);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> text(AppendingProcess.DIES)).isEqualTo(137);

        assertThat(names()).containsExactly("before");
        append(lake, "after");
        var table = TablePaths.below(dir.resolve("ops_catalog"), METRICS);
        assertThat(litter(table)).as("the data file and the unlinked commit").isEqualTo(2);

        var tomorrow = new TestClock(clock.instant().plus(Duration.ofHours(25)));
        try (var later = LocalLakehouse.open(dir, tomorrow)) {
            // The two committed files are merged and so stay another day; the litter goes.
            var report = later.maintain(METRICS, "r", Deadline.in(Duration.ofMinutes(2)));
            assertThat(report.filesDeleted()).isEqualTo(2);
        }
        assertThat(litter(table)).isZero();
        assertThat(names()).containsExactly("after", "before");
    }

    private static long litter(Path table) throws IOException {
        var log = new StringBuilder();
        try (var files = Files.newDirectoryStream(table.resolve("_delta_log"), "*.json")) {
            for (var file : files) {
                log.append(Files.readString(file));
            }
        }
        try (var files = Files.walk(table)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .filter(n -> n.startsWith(".") || n.endsWith(".parquet") && log.indexOf(n) < 0)
                    .count();
        }
    }

    private long stored(String writer) {
        return text(writer).lines().filter(l -> l.startsWith("stored ")).count();
    }

    private String text(String writer) {
        try {
            return Files.readString(AppendingProcess.output(dir, writer).toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
