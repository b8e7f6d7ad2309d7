package io.lakebaseops.framework;

import io.lakebaseops.framework.JobScheduler.JobRun;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What outlives this process about jobs, and whose turn it is when several consoles share it.
public interface JobStore {
    /// Writes the run or what became of it.
    void save(JobRun run);

    /// Newest first; of all jobs when null.
    List<JobRun> recent(@Nullable String job, int limit);

    Set<String> paused();

    void pause(String job, boolean paused);

    /// The scheduled times last served, by whichever console.
    Map<String, Instant> served();

    /// Takes the job's turn if nobody runs it now and nobody has served this time yet.
    ///
    /// @param fire the scheduled time; null for a run asked for by a person
    Optional<Lease> take(String job, @Nullable Instant fire);

    /// Held while the job runs.
    @FunctionalInterface
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
