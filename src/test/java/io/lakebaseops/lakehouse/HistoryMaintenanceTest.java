package io.lakebaseops.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// All history tables maintained in one run.
final class HistoryMaintenanceTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @TempDir Path dir;

    @Test
    void everyTableLosesWhatIsOldAndItsSmallFiles() {
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            fill(lakehouse);
            var all = run(lakehouse);
            assertThat(all.tables()).as("those that exist").hasSize(2);
            assertThat(all.tables()).extracting(MaintenanceReport::rowsExpired).contains(1L);
            assertThat(all.tables()).extracting(MaintenanceReport::filesMerged).contains(8);
            assertThat(all.tables()).extracting(MaintenanceReport::filesLeft).containsOnly(0);
            assertThat(all.failures()).isEmpty();
            assertThat(all.lines())
                    .containsExactly("vacuum_history: 1 rows expired, 8 files merged, 0 left");
            assertThat(lakehouse.rowCount(OpsTables.VACUUM_HISTORY.name())).isEqualTo(8);
            assertThat(lakehouse.facts(OpsTables.VACUUM_HISTORY.name()).files()).isEqualTo(1);
        }
    }

    @Test
    void oneTableThatCannotBeMaintainedDoesNotKeepTheOthersFromIt() throws IOException {
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            fill(lakehouse);
            var log =
                    dir.resolve(TableName.CATALOG)
                            .resolve("lakebase_ops/job_runs/_delta_log")
                            .resolve("%020d.json".formatted(1));
            Files.writeString(
                    log,
                    "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                            + "\"writerFeatures\":[\"newWriting\"]}}\n");
            var all = run(lakehouse);
            assertThat(all.tables()).extracting(MaintenanceReport::filesMerged).contains(8);
            assertThat(all.failures())
                    .singleElement()
                    .asString()
                    .contains("newWriting", "job_runs");
        }
    }

    private static HistoryMaintenance.Result run(LocalLakehouse lakehouse) {
        return new HistoryMaintenance(lakehouse).run("run", TestTargets.deadline());
    }

    private static void fill(LocalLakehouse lakehouse) {
        lakehouse.ensureTables(List.of(OpsTables.VACUUM_HISTORY, OpsTables.JOB_RUNS));
        for (int i = 0; i < 9; i++) {
            var at = i == 0 ? NOW.minus(Duration.ofDays(100)) : NOW;
            var row =
                    Map.of(
                            "project_id", "shop",
                            "recorded_at", at,
                            "run_id", "r",
                            "source", "live",
                            "operation_id", "o" + i,
                            "schema_name", "s",
                            "table_name", "t",
                            "operation_type", "vacuum",
                            "status", "succeeded");
            lakehouse.append(OpsTables.VACUUM_HISTORY.name(), List.of(row));
        }
    }
}
