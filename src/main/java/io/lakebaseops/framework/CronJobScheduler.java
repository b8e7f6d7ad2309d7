package io.lakebaseops.framework;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskContext;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.framework.work.Work;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Starts jobs when their cron time comes. The tick only looks at the clock; runs are work of the
/// work room, and what they leave behind goes to the job store.
public final class CronJobScheduler implements JobScheduler {
    private static final Logger log = LoggerFactory.getLogger(CronJobScheduler.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CLOCK_SET_BACK = Duration.ofMinutes(1);
    private static final int REMEMBERED = 500;

    private final Map<String, ScheduledJob> jobs = new LinkedHashMap<>();
    private final JobExecution execution;
    private final JobStore store;
    private final TaskExecutor room;
    private final Clock clock;
    private final Ticker ticker;
    private final Map<UUID, Work<Boolean>> works = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<JobRun> ended = new ArrayDeque<>();
    private volatile Ticker.@Nullable Ticking ticking;
    private volatile Instant lastTick = Instant.MIN;
    private volatile boolean closed;

    /// @param targets those to visit, asked anew for each run
    public CronJobScheduler(
            List<JobDefinition> definitions,
            AgentFramework framework,
            Supplier<List<TargetId>> targets,
            TargetFilter filter,
            JobStore store,
            TaskExecutor room,
            Ticker ticker,
            Clock clock) {
        for (var d : definitions) {
            requireTools(d, framework.catalog());
            jobs.put(d.name(), new ScheduledJob(d, clock.instant()));
        }
        execution = new JobExecution(framework, targets, filter, room);
        this.store = store;
        this.room = room;
        this.ticker = ticker;
        this.clock = clock;
    }

    private static void requireTools(JobDefinition job, ToolCatalog catalog) {
        for (var tool : job.tools()) {
            if (catalog.find(tool).isEmpty()) {
                throw new IllegalArgumentException(
                        "Job " + job.name() + " runs " + tool + ", and there is no such tool");
            }
        }
    }

    @Override
    public void start() {
        room.start(TaskSpec.of("load the job schedule", LOAD_TIMEOUT, _ -> load()));
        ticking = ticker.every("job schedule", TICK, this::tick);
    }

    /// What was paused stays so, and what was missed while no console ran is made up for.
    private boolean load() {
        Map<String, Instant> served = Map.of();
        try {
            store.paused().stream()
                    .map(jobs::get)
                    .filter(Objects::nonNull)
                    .forEach(j -> j.pause(true));
            served = store.served();
        } catch (OpsException e) {
            log.warn("The schedule starts without its past: {}", e.getMessage());
        }
        var now = clock.instant();
        for (var job : jobs.values()) {
            job.schedule(now, served.get(job.definition().name()));
        }
        return true;
    }

    private void tick() {
        var now = clock.instant();
        if (!lastTick.equals(Instant.MIN) && now.isBefore(lastTick.minus(CLOCK_SET_BACK))) {
            log.warn(
                    "The clock was set back from {} to {}; jobs are scheduled anew", lastTick, now);
            jobs.values().forEach(j -> j.schedule(now, null));
        }
        lastTick = now;
        for (var job : jobs.values()) {
            var due = job.due(now);
            if (due != null) {
                begin(job, UUID.randomUUID(), due.missed() ? "missed" : "schedule", due.fire());
            }
        }
    }

    @Override
    public UUID runNow(String name) {
        var id = UUID.randomUUID();
        begin(job(name), id, "manual", null);
        return id;
    }

    @Override
    public JobRun await(UUID id) {
        var work = works.get(id);
        if (work != null) {
            work.join();
        }
        return runs(null, REMEMBERED).stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Run " + id + " left no record"));
    }

    private void begin(ScheduledJob job, UUID id, String trigger, @Nullable Instant fire) {
        var run = job.begin(id, trigger, clock.instant());
        if (run == null) {
            keep(job.skipped(id, trigger, clock.instant()));
            return;
        }
        var definition = job.definition();
        works.put(
                id,
                room.start(
                        new TaskSpec<>(
                                "job " + definition.name(),
                                definition.timeout(),
                                TaskSpec.GRACE,
                                scope -> inTurn(job, run, fire, scope),
                                failure -> failed(job, run, failure))));
        works.values().removeIf(Work::done);
    }

    private boolean inTurn(ScheduledJob job, JobRun run, @Nullable Instant fire, TaskContext scope)
            throws InterruptedException {
        try (var turn = store.take(run.job(), fire).orElse(null)) {
            if (turn == null) {
                notMyTurn(job, run);
                return false;
            }
            store.save(run);
            var state = execution.run(job.definition(), scope, text -> job.line(run.id(), text));
            end(job, run, state);
            return state == JobRunState.OK;
        }
    }

    /// Another console serves this time. That is how it should be, so nothing is recorded, unless a
    /// person waits for an answer.
    private void notMyTurn(ScheduledJob job, JobRun run) {
        if (run.trigger().equals("manual")) {
            job.line(run.id(), "skipped: another console runs it just now");
            end(job, run, JobRunState.SKIPPED);
        } else {
            log.debug("{} is served by another console", run.job());
            job.forget(run.id());
        }
    }

    private boolean failed(ScheduledJob job, JobRun run, OpsException failure) {
        boolean cancelled = failure.kind() == OpsException.Kind.CANCELLED;
        job.line(run.id(), String.valueOf(failure.getMessage()));
        log.warn("Job {}: {}", run.job(), failure.getMessage());
        end(job, run, cancelled ? JobRunState.CANCELLED : JobRunState.FAILED);
        return false;
    }

    private void end(ScheduledJob job, JobRun run, JobRunState state) {
        var done = job.end(run.id(), state, clock.instant());
        if (done != null) {
            keep(done);
        }
    }

    private void keep(JobRun run) {
        lock.lock();
        try {
            ended.addFirst(run);
            if (ended.size() > REMEMBERED) {
                ended.removeLast();
            }
        } finally {
            lock.unlock();
        }
        room.launch("record job " + run.job(), () -> store.save(run));
    }

    @Override
    public List<JobStatus> jobs() {
        return jobs.values().stream().map(ScheduledJob::status).toList();
    }

    @Override
    public void pause(String name, boolean paused) {
        job(name).pause(paused);
        room.launch("pause job " + name, () -> store.pause(name, paused));
    }

    /// What this process knows is newer than what the store has; the store adds other consoles'
    /// and earlier runs.
    @Override
    public List<JobRun> runs(@Nullable String name, int limit) {
        var byId = new LinkedHashMap<UUID, JobRun>();
        for (var status : jobs()) {
            if (status.running() != null) {
                byId.put(status.running().id(), status.running());
            }
        }
        lock.lock();
        try {
            ended.forEach(r -> byId.putIfAbsent(r.id(), r));
        } finally {
            lock.unlock();
        }
        try {
            store.recent(name, limit).forEach(r -> byId.putIfAbsent(r.id(), r));
        } catch (OpsException e) {
            log.warn("Only runs of this console are listed: {}", e.getMessage());
        }
        return new ArrayList<>(byId.values())
                .stream()
                        .filter(r -> name == null || r.job().equals(name))
                        .sorted(Comparator.comparing(JobRun::startedAt).reversed())
                        .limit(limit)
                        .toList();
    }

    private ScheduledJob job(String name) {
        var job = jobs.get(name);
        if (job == null) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Job " + name,
                    "there is no job of this name",
                    "known: " + String.join(", ", jobs.keySet()));
        }
        return job;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var ticks = ticking;
        if (ticks != null) {
            ticks.close();
        }
        works.values().forEach(Work::cancel);
    }
}
