package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.state.ToolRunStore;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

class StateJobsPgTest {
    private final Pg17.Database pg = Pg17.shared().database("runs");
    private final StateSettings settings = StateSettings.of(pg.url(), Pg17.DBA, Pg17.DBA_PASSWORD);
    private final StateDb db = StateDb.open(settings);
    private final StateDb otherDb = StateDb.open(settings);
    private final StateJobs here = new StateJobs(new JobRunStore(db), "ada@desk");
    private final StateJobs there = new StateJobs(new JobRunStore(otherDb), "bob@desk");

    @AfterEach
    void close() {
        otherDb.close();
        db.close();
    }

    private static JobRun run(UUID id, JobRunState state) {
        return new JobRun(
                id,
                "metric-collector",
                "schedule",
                state,
                Samples.NOON,
                state == JobRunState.RUNNING ? null : Samples.NOON.plusSeconds(3),
                List.of("shop/production \"x\": ok", "line two"));
    }

    @Test
    void runIsWrittenAtItsStartAndAtItsEndAndNotAfterwards() {
        var id = UUID.randomUUID();
        here.save(run(id, JobRunState.RUNNING));
        assertThat(there.recent("metric-collector", 5))
                .containsExactly(run(id, JobRunState.RUNNING));
        here.save(run(id, JobRunState.OK));
        here.save(run(id, JobRunState.FAILED));
        assertThat(there.recent(null, 5)).containsExactly(run(id, JobRunState.OK));
        assertThat(there.recent("other", 5)).isEmpty();
    }

    @Test
    void pauseIsSharedAndSurvives() {
        here.pause("index-analyzer", true);
        here.pause("vacuum-scheduler", true);
        here.pause("vacuum-scheduler", false);
        assertThat(there.paused()).containsExactly("index-analyzer");
    }

    @Test
    void scheduledTimeIsServedOnceByWhicheverConsole() {
        try (var turn = here.take("metric-collector", Samples.NOON).orElseThrow()) {
            assertThat(turn).isNotNull();
            assertThat(there.take("metric-collector", null)).as("runs here now").isEmpty();
        }
        assertThat(there.take("metric-collector", Samples.NOON)).as("was served").isEmpty();
        assertThat(there.served()).containsEntry("metric-collector", Samples.NOON);
        var later = there.take("metric-collector", Samples.NOON.plusSeconds(300));
        assertThat(later).isPresent();
        later.orElseThrow().close();
        var manual = here.take("metric-collector", null);
        assertThat(manual).isPresent();
        manual.orElseThrow().close();
    }

    @Test
    void toolRunIsRecordedWithItsOutcome() {
        var runs = new ToolRunStore(db);
        var run =
                new ToolRun(
                        UUID.randomUUID(),
                        "detect_duplicate_indexes",
                        Samples.TARGET,
                        Samples.AGENT,
                        Samples.NOON,
                        Clock.fixed(
                                Samples.NOON.plus(Duration.ofMillis(1500)),
                                java.time.ZoneOffset.UTC));
        var report =
                run.ok(
                        new Outcome.Found<>(
                                CountingFramework.output(),
                                Source.LIVE,
                                List.of(Samples.duplicate()),
                                List.of(),
                                List.of()),
                        List.of(),
                        List.of());

        new StateRuns(runs).record(report);
        new StateRuns(runs).record(report);

        var row = runs.recent("detect_duplicate_indexes", 5).getFirst();
        assertThat(runs.recent(null, 5)).hasSize(1);
        assertThat(row.status()).isEqualTo("OK");
        assertThat(row.target()).isEqualTo("local/shop/production");
        assertThat(row.findings()).isEqualTo(1);
        assertThat(row.durationMillis()).isEqualTo(1500);
        assertThat(row.report()).contains("\"rows_seen\":0");
    }
}
