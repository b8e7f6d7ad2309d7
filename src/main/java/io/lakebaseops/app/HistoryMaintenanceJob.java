package io.lakebaseops.app;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.HistoryMaintenance;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.JobRunStore.JobRow;
import io.lakebaseops.state.StateJson;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// The daily job that compacts and ages the history tables. Each history has a turn of its own, so
/// that the one of a console that is never first is maintained too.
final class HistoryMaintenanceJob {
    static final String NAME = "history-maintenance";

    private static final Duration ASK_EVERY = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Logger log = LoggerFactory.getLogger(HistoryMaintenanceJob.class);

    private final Supplier<JobRunStore> runs;
    private final Supplier<Lakehouse> lakehouse;
    private final String turn;
    private final Clock clock;

    /// @param person and @param history whose turn it is: a person's folder on a machine
    HistoryMaintenanceJob(
            Supplier<JobRunStore> runs,
            Supplier<Lakehouse> lakehouse,
            String person,
            Path history,
            Clock clock) {
        this.runs = runs;
        this.lakehouse = lakehouse;
        this.turn = "%s of %s in %s".formatted(NAME, person, history.toAbsolutePath());
        this.clock = clock;
    }

    void start(TaskExecutor room) {
        room.every(NAME, ASK_EVERY, () -> room.launch(NAME, this::runIfDue));
    }

    void runIfDue() {
        try {
            var mine = runs.get().take(turn, clock.instant().truncatedTo(ChronoUnit.DAYS));
            if (mine.isPresent()) {
                try (var _ = mine.get()) {
                    run();
                }
            }
        } catch (OpsException e) {
            log.warn("The history was not maintained: {}", e.getMessage());
        }
    }

    private void run() {
        var started = clock.instant();
        var id = UUID.randomUUID();
        var lines = new ArrayList<String>();
        var state = "OK";
        try {
            var result =
                    new HistoryMaintenance(lakehouse.get())
                            .run(id.toString(), Deadline.in(TIMEOUT));
            lines.addAll(result.lines());
            state = result.failures().isEmpty() ? "OK" : "FAILED";
        } catch (OpsException e) {
            state = "FAILED";
            lines.add(String.valueOf(e.getMessage()));
            log.warn("The history was not maintained to the end: {}", e.getMessage());
        }
        runs.get()
                .put(
                        new JobRow(
                                id,
                                turn,
                                "schedule",
                                state,
                                started,
                                clock.instant(),
                                null,
                                StateJson.write(List.copyOf(lines))));
    }
}
