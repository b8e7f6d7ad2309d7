package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.WriteId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What others find in the files of a history table: its log, its folders, its permissions.
final class TableFilesTest {
    private static final TableName METRICS = OpsTables.LAKEBASE_METRICS.name();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path dir;
    private final TestClock clock = new TestClock(ForeignTables.START);
    private Path root;

    @BeforeEach
    void root() throws IOException {
        root = Files.createDirectories(dir.resolve("a home of 100%"));
    }

    private JsonNode commit(long version) throws IOException {
        var file = ForeignTables.table(root).resolve("_delta_log/%020d.json".formatted(version));
        return JSON.readTree(Files.readAllLines(file).getFirst()).path("commitInfo");
    }

    private void append(LocalLakehouse lake, String name) {
        lake.append(METRICS, List.of(AppendAndQueryTest.metric(clock.instant(), name, 1.0)));
    }

    @Test
    void the_log_tells_operation_run_and_figures_of_every_commit() throws IOException {
        try (var lake = LocalLakehouse.open(root, clock)) {
            lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
            for (int i = 0; i < 8; i++) {
                append(lake, "m" + i);
            }
            var row = AppendAndQueryTest.metric(clock.instant(), "last", 1.0);
            lake.append(METRICS, List.of(row, row), new WriteId("collector", 7));
            lake.maintain(METRICS, "the-run", Deadline.in(Duration.ofMinutes(1)));
            assertAppendAndMergeAreTold();
            clock.advance(Duration.ofDays(91));
            lake.maintain(METRICS, "run-2", Deadline.in(Duration.ofMinutes(1)));
        }
        var expiry = commit(11);
        assertThat(expiry.path("operation").asText()).isEqualTo("DELETE");
        assertThat(expiry.path("operationParameters").path("predicate").asText())
                .startsWith("recorded_at < '2026-03-");
        assertThat(expiry.path("operationMetrics").path("numDeletedRows").asText()).isEqualTo("10");
    }

    private void assertAppendAndMergeAreTold() throws IOException {
        var append = commit(9);
        assertThat(append.path("operation").asText()).isEqualTo("WRITE");
        assertThat(append.path("isBlindAppend").asBoolean()).isTrue();
        assertThat(append.path("operationParameters").toString())
                .contains("\"mode\":\"Append\"", "\"run\":\"r1\"", "\"writer\":\"collector\"");
        assertThat(append.path("operationMetrics").toString())
                .contains("\"numFiles\":\"1\"", "\"numOutputRows\":\"2\"", "numOutputBytes");

        var merge = commit(10);
        assertThat(merge.path("operation").asText()).isEqualTo("OPTIMIZE");
        assertThat(merge.path("isBlindAppend").asBoolean()).isFalse();
        assertThat(merge.path("operationParameters").path("run").asText()).isEqualTo("the-run");
        assertThat(merge.path("operationMetrics").toString())
                .contains("\"numRemovedFiles\":\"9\"", "\"numAddedFiles\":\"1\"");
    }

    @Test
    void a_partition_folder_is_escaped_once() throws Exception {
        var def =
                new TableDef(
                        TableName.ops("by_branch"),
                        "",
                        List.of(
                                ColumnDef.text("branch_id", "").required(),
                                ColumnDef.count("n", "")),
                        List.of("branch_id"),
                        null);
        try (var lake = LocalLakehouse.open(root, clock)) {
            lake.ensureTables(List.of(def));
            lake.append(def.name(), List.of(Map.of("branch_id", "127.0.0.1:26475", "n", 1)));
        }
        var table = TablePaths.below(root.resolve(TableName.CATALOG), def.name());
        assertThat(table.resolve("branch_id=127.0.0.1%3A26475")).isDirectory();
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var found =
                        duck.createStatement()
                                .executeQuery(
                                        "SELECT branch_id FROM read_parquet('%s/*/*.parquet',"
                                                        .formatted(table)
                                                + " hive_partitioning = true)")) {
            found.next();
            assertThat(found.getString(1)).isEqualTo("127.0.0.1:26475");
        }
        assertThat(ForeignTables.files(dir)).allMatch(f -> f.startsWith(root));
    }

    @Test
    void files_and_folders_are_their_owners_only() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
        var catalog = Files.createDirectories(root.resolve(TableName.CATALOG));
        Files.setPosixFilePermissions(catalog, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var lake = LocalLakehouse.open(root, clock)) {
            lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
            append(lake, "m");
        }
        try (var all = Files.walk(catalog)) {
            assertThat(all.toList())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(
                            path ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(path)))
                                            .as(path.toString())
                                            .endsWith("------"));
        }
    }

    @Test
    void a_feature_nobody_knows_is_refused_by_name() throws IOException {
        try (var lake = LocalLakehouse.open(root, clock)) {
            lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
            append(lake, "m");
            protocol("\"minReaderVersion\":1,\"minWriterVersion\":7", "[\"newWriting\"]", 2);
            assertThat(lake.rowCount(METRICS)).isEqualTo(1);
            assertRefused(() -> append(lake, "n"), "newWriting");
            assertRefused(
                    () -> lake.maintain(METRICS, "r", Deadline.in(Duration.ofMinutes(1))),
                    "newWriting");
            var status = lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS)).getFirst();
            assertThat(status.usable()).isFalse();
            assertThat(status.notes()).anyMatch(n -> n.contains("DROP FEATURE newWriting"));
            protocol(
                    "\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"newReading\"]",
                    "[\"newReading\"]",
                    3);
            assertRefused(() -> lake.rowCount(METRICS), "newReading");
            assertRefused(
                    () ->
                            lake.query(
                                    new LakeQuery("q", "SELECT 1 FROM {lakebase_metrics}"),
                                    Map.of(),
                                    ReadScope.ALL,
                                    Deadline.in(Duration.ofMinutes(1))),
                    "newReading");
        }
    }

    private void protocol(String versions, String features, long version) throws IOException {
        Files.writeString(
                ForeignTables.table(root).resolve("_delta_log/%020d.json".formatted(version)),
                "{\"protocol\":{%s,\"writerFeatures\":%s}}\n".formatted(versions, features));
    }

    private static void assertRefused(Runnable work, String feature) {
        assertThatThrownBy(work::run)
                .isInstanceOf(OpsException.class)
                .hasMessageContaining(feature)
                .hasMessageContaining("DROP FEATURE " + feature);
    }
}
