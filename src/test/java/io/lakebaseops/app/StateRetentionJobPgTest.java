package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateRetention;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;

class StateRetentionJobPgTest {
    @Test
    void itRunsOnceADayWhicheverConsoleAsks() {
        var url = StateDatabases.fresh("retention_job").url();
        try (var db = StateDb.open(StateSettings.of(url, Pg17.DBA, Pg17.DBA_PASSWORD))) {
            var runs = new JobRunStore(db);
            var now = Clock.systemUTC();
            job(db, runs, now).runIfDue();
            job(db, runs, now).runIfDue();
            assertThat(runs.recent(StateRetentionJob.NAME, 10))
                    .singleElement()
                    .satisfies(
                            run -> {
                                assertThat(run.state()).isEqualTo("OK");
                                assertThat(run.log()).contains("tool runs: 0", "audit entries: 0");
                            });
            job(db, runs, Clock.offset(now, Duration.ofDays(1))).runIfDue();
            assertThat(runs.recent(StateRetentionJob.NAME, 10)).hasSize(2);
        }
    }

    private static DailyJob job(StateDb db, JobRunStore runs, Clock clock) {
        var chain = AuditChains.of(db, clock);
        return StateRetentionJob.of(
                () -> runs, () -> new StateRetention(db), () -> chain, () -> clock);
    }
}
