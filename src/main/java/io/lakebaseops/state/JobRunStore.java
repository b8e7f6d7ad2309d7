package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Runs of jobs, which jobs are paused, and whose turn it is. Shared by all consoles on one state
/// database.
public final class JobRunStore {
    private static final String TURN = "job ";

    private final StateDb db;

    public JobRunStore(StateDb db) {
        this.db = db;
    }

    /// @param runner the process it runs in
    /// @param log JSON list of lines
    public record JobRow(
            UUID id,
            String job,
            String trigger,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String runner,
            String log) {}

    /// @param served the scheduled time last served; null = none yet
    public record ScheduleRow(String job, boolean paused, @Nullable Instant served) {}

    /// A run that has ended is not written again.
    public void put(JobRow run) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("id", run.id());
        params.put("job", run.job());
        params.put("trigger", run.trigger());
        params.put("state", run.state());
        params.put("started_at", run.startedAt());
        params.put("ended_at", run.endedAt());
        params.put("runner", run.runner());
        params.put("log", run.log());
        db.run(tx -> tx.update(RunSql.JOB_RUN_PUT, params));
    }

    public List<JobRow> recent(@Nullable String job, int limit) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("job", job);
        params.put("limit", limit);
        return db.tx(tx -> tx.query(RunSql.JOB_RUNS, params, JobRow.class));
    }

    public List<ScheduleRow> schedule() {
        return db.tx(tx -> tx.query(RunSql.JOB_SCHEDULE, Map.of(), ScheduleRow.class));
    }

    public void pause(String job, boolean paused, String by) {
        db.run(tx -> tx.update(RunSql.JOB_PAUSE, Map.of("job", job, "paused", paused, "by", by)));
    }

    /// The turn to run the job, held until closed or until this process dies; empty when another
    /// console runs it now or has served this time.
    ///
    /// @param fire the scheduled time; null = whenever
    public Optional<Lease> take(String job, @Nullable Instant fire) {
        var turn = db.tryLease(TURN + job);
        if (turn.isEmpty() || fire == null || claims(turn.get(), job, fire)) {
            return turn;
        }
        turn.get().close();
        return Optional.empty();
    }

    private boolean claims(Lease turn, String job, Instant fire) {
        try {
            return db.tx(tx -> tx.update(RunSql.JOB_SERVE, Map.of("job", job, "fire", fire))) == 1;
        } catch (RuntimeException e) {
            turn.close();
            throw e;
        }
    }
}
