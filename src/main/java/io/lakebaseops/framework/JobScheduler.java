package io.lakebaseops.framework;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Runs jobs at their times and keeps how they went. A job still running is skipped at the next
/// tick and the skip is recorded; runs missed in a sleep run once.
public interface JobScheduler extends AutoCloseable {
    List<JobStatus> jobs();

    /// Runs now besides the schedule; returns the run's id.
    UUID runNow(String job);

    /// Waits for a run that was asked for here to end; every job has a timeout.
    JobRun await(UUID run);

    /// Runs every job now; returns the runs' ids.
    default List<UUID> runAll() {
        return jobs().stream().map(j -> runNow(j.definition().name())).toList();
    }

    void pause(String job, boolean paused);

    List<JobRun> runs(@Nullable String job, int limit);

    void start();

    @Override
    void close();

    /// @param tools run in this order on every awake target
    record JobDefinition(String name, String cron, Duration timeout, List<String> tools) {
        public JobDefinition {
            tools = List.copyOf(tools);
        }
    }

    record JobStatus(
            JobDefinition definition,
            boolean paused,
            @Nullable JobRun running,
            @Nullable JobRun last,
            @Nullable Instant next) {}

    enum JobRunState {
        RUNNING,
        OK,
        FAILED,
        /// The run before was still at it, another console's turn, or no tool could run there.
        SKIPPED,
        CANCELLED
    }

    /// @param trigger `schedule`, `missed`, `manual`
    /// @param log one line per tool and target with its outcome
    record JobRun(
            UUID id,
            String job,
            String trigger,
            JobRunState state,
            Instant startedAt,
            @Nullable Instant endedAt,
            List<String> log) {
        public JobRun {
            log = List.copyOf(log);
        }
    }
}
