package io.lakebaseops.app;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.JobRunStore.JobRow;
import io.lakebaseops.state.StateJson;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// Housekeeping that is due once a day (UTC): of the consoles that share a turn the first that asks
/// does it, and its run is recorded.
final class DailyJob {
    private static final Duration ASK_EVERY = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(DailyJob.class);

    private final String name;
    private final String turn;
    private final Supplier<JobRunStore> runs;
    private final Supplier<Clock> clock;
    private final Work work;

    /// What a job does; what it writes into the lines is kept also when it then fails.
    interface Work {
        /// @param run id of this run
        /// @return false when a part of it failed
        boolean run(UUID run, List<String> lines);
    }

    /// @param name for people and logs
    /// @param turn what is done once a day; also the name of its runs
    DailyJob(
            String name,
            String turn,
            Supplier<JobRunStore> runs,
            Supplier<Clock> clock,
            Work work) {
        this.name = name;
        this.turn = turn;
        this.runs = runs;
        this.clock = clock;
        this.work = work;
    }

    void start(TaskExecutor room) {
        room.every(name, ASK_EVERY, () -> room.launch(name, this::runIfDue));
    }

    void runIfDue() {
        try {
            var mine = runs.get().take(turn, clock.get().instant().truncatedTo(ChronoUnit.DAYS));
            if (mine.isPresent()) {
                try (var _ = mine.get()) {
                    run();
                }
            }
        } catch (OpsException e) {
            log.warn("Job {} could not run: {}", name, e.getMessage());
        }
    }

    private void run() {
        var started = clock.get().instant();
        var id = UUID.randomUUID();
        var lines = new ArrayList<String>();
        boolean ok = false;
        try {
            ok = work.run(id, lines);
        } catch (OpsException e) {
            lines.add(String.valueOf(e.getMessage()));
            log.warn("Job {} did not come to its end: {}", name, e.getMessage());
        }
        runs.get()
                .put(
                        new JobRow(
                                id,
                                turn,
                                "schedule",
                                ok ? "OK" : "FAILED",
                                started,
                                clock.get().instant(),
                                null,
                                StateJson.write(List.copyOf(lines))));
    }
}
