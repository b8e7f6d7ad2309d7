package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

class HistoryMaintenanceJobPgTest {
    @TempDir Path dir;

    @Test
    void eachHistoryHasATurnADayAndAFailureIsRecorded() throws IOException {
        var url = Pg17.shared().database("history_job").url();
        try (var db = StateDb.open(StateSettings.of(url, Pg17.DBA, Pg17.DBA_PASSWORD));
                var ada = LocalLakehouse.open(dir.resolve("ada"), Clock.systemUTC());
                var bob = LocalLakehouse.open(dir.resolve("bob"), Clock.systemUTC())) {
            var runs = new JobRunStore(db);
            var now = Clock.systemUTC();
            for (var lake : List.of(ada, bob)) {
                lake.ensureTables(List.of(OpsTables.JOB_RUNS));
            }
            Files.writeString(
                    dir.resolve("bob/ops_catalog/lakebase_ops/job_runs/_delta_log")
                            .resolve("%020d.json".formatted(1)),
                    "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                            + "\"writerFeatures\":[\"newWriting\"]}}\n");
            for (int i = 0; i < 2; i++) {
                job(runs, ada, "ada", now).runIfDue();
                job(runs, bob, "bob", now).runIfDue();
            }
            assertThat(runs.recent(turn("ada"), 10))
                    .singleElement()
                    .extracting(r -> r.state())
                    .isEqualTo("OK");
            assertThat(runs.recent(turn("bob"), 10))
                    .singleElement()
                    .satisfies(
                            run -> {
                                assertThat(run.state()).isEqualTo("FAILED");
                                assertThat(run.log()).contains("newWriting");
                            });
            job(runs, ada, "ada", Clock.offset(now, Duration.ofDays(1))).runIfDue();
            assertThat(runs.recent(turn("ada"), 10)).hasSize(2);
        }
    }

    private DailyJob job(JobRunStore runs, LocalLakehouse lake, String who, Clock clock) {
        return HistoryMaintenanceJob.of(() -> runs, () -> lake, who, dir.resolve(who), () -> clock);
    }

    private String turn(String who) {
        return "%s of %s in %s".formatted(HistoryMaintenanceJob.NAME, who, dir.resolve(who));
    }
}
