package io.lakebaseops.framework;

import io.lakebaseops.framework.JobScheduler.JobDefinition;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.JobScheduler.JobStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Where one job stands in its schedule: due, running, paused, or waiting.
final class ScheduledJob {
    /// Later than this, the console or the machine was not there at the scheduled time.
    private static final Duration LATE = Duration.ofSeconds(50);

    private final JobDefinition definition;
    private final Cron cron;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>();
    private boolean paused;
    private @Nullable JobRun running;
    private @Nullable JobRun last;
    private Instant next;

    ScheduledJob(JobDefinition definition, Instant now) {
        this.definition = definition;
        this.cron = new Cron(definition.cron());
        next = cron.next(now);
    }

    JobDefinition definition() {
        return definition;
    }

    /// @param served the scheduled time last served, null when unknown
    void schedule(Instant now, @Nullable Instant served) {
        lock.lock();
        try {
            next = cron.next(served == null || served.isAfter(now) ? now : served);
        } finally {
            lock.unlock();
        }
    }

    /// A time that has come.
    ///
    /// @param fire the latest scheduled time, the same for every console that looks
    record Due(Instant fire, boolean missed) {}

    /// Null when it is not time yet or the job is paused. However many times were missed, one is
    /// due.
    @Nullable Due due(Instant now) {
        lock.lock();
        try {
            if (now.isBefore(next)) {
                return null;
            }
            // Cron counts in minutes, so without being late no second time can have passed.
            boolean missed = next.plus(LATE).isBefore(now);
            var fire = missed ? cron.last(now) : next;
            next = cron.next(now);
            return paused ? null : new Due(fire, missed);
        } finally {
            lock.unlock();
        }
    }

    /// Null when the run before this one is still at it.
    @Nullable JobRun begin(UUID id, String trigger, Instant now) {
        lock.lock();
        try {
            if (running != null) {
                return null;
            }
            lines.clear();
            running = run(id, trigger, JobRunState.RUNNING, now, null, List.of());
            return running;
        } finally {
            lock.unlock();
        }
    }

    JobRun skipped(UUID id, String trigger, Instant now) {
        lock.lock();
        try {
            var why = "skipped: the run before is still at it";
            if (running != null) {
                why += ", since " + running.startedAt();
            }
            return run(id, trigger, JobRunState.SKIPPED, now, now, List.of(why));
        } finally {
            lock.unlock();
        }
    }

    void line(UUID id, String text) {
        lock.lock();
        try {
            if (running != null && running.id().equals(id)) {
                lines.add(text);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Null when the run had ended already (given up at its deadline).
    @Nullable JobRun end(UUID id, JobRunState state, Instant now) {
        lock.lock();
        try {
            if (running == null || !running.id().equals(id)) {
                return null;
            }
            last = run(id, running.trigger(), state, running.startedAt(), now, lines);
            running = null;
            return last;
        } finally {
            lock.unlock();
        }
    }

    /// As if it had never begun: another console had this turn.
    void forget(UUID id) {
        lock.lock();
        try {
            if (running != null && running.id().equals(id)) {
                running = null;
            }
        } finally {
            lock.unlock();
        }
    }

    void pause(boolean value) {
        lock.lock();
        try {
            paused = value;
        } finally {
            lock.unlock();
        }
    }

    JobStatus status() {
        lock.lock();
        try {
            var now = running;
            var shown =
                    now == null
                            ? null
                            : run(
                                    now.id(),
                                    now.trigger(),
                                    now.state(),
                                    now.startedAt(),
                                    null,
                                    lines);
            return new JobStatus(definition, paused, shown, last, paused ? null : next);
        } finally {
            lock.unlock();
        }
    }

    private JobRun run(
            UUID id,
            String trigger,
            JobRunState state,
            Instant start,
            @Nullable Instant end,
            List<String> log) {
        return new JobRun(id, definition.name(), trigger, state, start, end, log);
    }
}
