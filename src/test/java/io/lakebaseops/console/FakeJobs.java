package io.lakebaseops.console;

import io.lakebaseops.framework.JobScheduler;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// The schedule, standing still.
public final class FakeJobs implements JobScheduler {
    public volatile @Nullable RuntimeException broken;
    public final Set<String> paused = new HashSet<>();
    public final List<String> ran = new CopyOnWriteArrayList<>();
    public final List<JobRun> runs = new ArrayList<>();
    public final java.util.concurrent.atomic.AtomicInteger asked =
            new java.util.concurrent.atomic.AtomicInteger();
    private final Clock clock;

    FakeJobs(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<JobStatus> jobs() {
        asked.incrementAndGet();
        return List.of(
                job(
                        "metric-collector",
                        "*/5 * * * *",
                        5,
                        "2026-11-22T14:05:00Z",
                        "persist_pg_stat_statements",
                        "monitor_system_health",
                        "evaluate_alert_thresholds"),
                job(
                        "index-analyzer",
                        "0 * * * *",
                        10,
                        "2026-11-22T15:00:00Z",
                        "detect_duplicate_indexes",
                        "detect_missing_fk_indexes"),
                job(
                        "vacuum-scheduler",
                        "0 2 * * *",
                        60,
                        "2026-11-23T02:00:00Z",
                        "identify_tables_needing_vacuum",
                        "schedule_vacuum_analyze"),
                job(
                        "branch-manager",
                        "0 */6 * * *",
                        10,
                        "2026-11-22T18:00:00Z",
                        "monitor_branch_count"));
    }

    private JobStatus job(String name, String cron, int minutes, String next, String... tools) {
        var last = runs.stream().filter(r -> r.job().equals(name)).findFirst().orElse(null);
        boolean stopped = paused.contains(name);
        return new JobStatus(
                new JobDefinition(name, cron, Duration.ofMinutes(minutes), List.of(tools)),
                stopped,
                null,
                last,
                stopped ? null : Instant.parse(next));
    }

    void run(String job, JobRunState state, String at, long seconds, String... log) {
        var start = Instant.parse(at);
        runs.add(
                new JobRun(
                        UUID.nameUUIDFromBytes(
                                (job + at).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        job,
                        "schedule",
                        state,
                        start,
                        start.plusSeconds(seconds),
                        List.of(log)));
    }

    @Override
    public JobRun await(UUID run) {
        return runs.stream().filter(r -> r.id().equals(run)).findFirst().orElseThrow();
    }

    @Override
    public UUID runNow(String job) {
        ran.add(job);
        return UUID.randomUUID();
    }

    @Override
    public void pause(String job, boolean on) {
        if (on) {
            paused.add(job);
        } else {
            paused.remove(job);
        }
    }

    @Override
    public List<JobRun> runs(@Nullable String job, int limit) {
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
        return runs.stream().filter(r -> job == null || r.job().equals(job)).limit(limit).toList();
    }

    @Override
    public void start() {}

    @Override
    public void close() {}

    Instant now() {
        return clock.instant();
    }
}
