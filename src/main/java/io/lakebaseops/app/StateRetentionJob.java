package io.lakebaseops.app;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.JobRunStore.JobRow;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.StateRetention;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// The daily job that keeps the state database from growing: one console of a team runs it, the
/// first that asks on a day (UTC).
final class StateRetentionJob {
    static final String NAME = "state-retention";

    private static final Duration ASK_EVERY = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(StateRetentionJob.class);

    private final Supplier<JobRunStore> runs;
    private final Supplier<StateRetention> retention;
    private final Supplier<AuditChain> audit;
    private final Supplier<Clock> clock;

    /// @param clock the database's: one that is ahead would remove what is young
    StateRetentionJob(
            Supplier<JobRunStore> runs,
            Supplier<StateRetention> retention,
            Supplier<AuditChain> audit,
            Supplier<Clock> clock) {
        this.runs = runs;
        this.retention = retention;
        this.audit = audit;
        this.clock = clock;
    }

    void start(TaskExecutor room) {
        room.every(NAME, ASK_EVERY, () -> room.launch(NAME, this::runIfDue));
    }

    void runIfDue() {
        try {
            var turn = runs.get().take(NAME, clock.get().instant().truncatedTo(ChronoUnit.DAYS));
            if (turn.isPresent()) {
                try (var _ = turn.get()) {
                    run();
                }
            }
        } catch (OpsException e) {
            log.warn("The state database was not pruned: {}", e.getMessage());
        }
    }

    private void run() {
        var started = clock.get().instant();
        var lines = new ArrayList<String>();
        var state = "OK";
        try {
            retention
                    .get()
                    .prune(started)
                    .forEach((what, rows) -> lines.add("%s: %d".formatted(what, rows)));
            lines.add("audit entries: %d".formatted(audit.get().shorten("policy")));
        } catch (OpsException e) {
            state = "FAILED";
            lines.add(String.valueOf(e.getMessage()));
            log.warn("The state database was not pruned to the end: {}", e.getMessage());
        }
        runs.get()
                .put(
                        new JobRow(
                                UUID.randomUUID(),
                                NAME,
                                "schedule",
                                state,
                                started,
                                clock.get().instant(),
                                null,
                                StateJson.write(List.copyOf(lines))));
    }
}
