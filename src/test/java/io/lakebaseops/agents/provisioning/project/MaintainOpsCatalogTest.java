package io.lakebaseops.agents.provisioning.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.branching.Contexts;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

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

final class MaintainOpsCatalogTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @TempDir Path dir;

    @Test
    void everyTableLosesWhatIsOldAndItsSmallFiles() {
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            fill(lakehouse);
            var all = run(lakehouse, "");
            assertThat(all.data().tables()).as("those that exist").isEqualTo(2);
            assertThat(all.data().rowsExpired()).isEqualTo(1);
            assertThat(all.data().filesMerged()).isEqualTo(8);
            assertThat(all.data().filesLeft()).isZero();
            assertThat(all.caveats()).isEmpty();
            assertThat(lakehouse.rowCount(OpsTables.VACUUM_HISTORY.name())).isEqualTo(8);
            assertThat(lakehouse.facts(OpsTables.VACUUM_HISTORY.name()).files()).isEqualTo(1);
            assertThat(run(lakehouse, "job_runs").data().each())
                    .extracting(MaintainOpsCatalog.Table::name)
                    .containsExactly("job_runs");
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
            var all = run(lakehouse, "");
            assertThat(all.data().filesMerged()).isEqualTo(8);
            assertThat(all.caveats()).singleElement().asString().contains("newWriting", "job_runs");
        }
    }

    private static Outcome.Found<MaintainOpsCatalog.Output> run(
            LocalLakehouse lakehouse, String table) {
        var tool = new MaintainOpsCatalog(lakehouse);
        return ToolRig.found(tool.run(new MaintainOpsCatalog.Input(table), Contexts.project("p")));
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
