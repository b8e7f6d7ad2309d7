package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.history.UnwrittenWaits;
import io.lakebaseops.lakehouse.history.WaitInterval;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Samples once a second what the active sessions of a watched server wait for, on the connection
/// that measures it anyway, and keeps sums of ten seconds in the history.
///
/// It samples only while the server is measured in a live rhythm: it never wakes a suspended
/// compute, and asks nothing of one that does not answer. A sample that is late is not made up for;
/// the sums say how often was really looked.
public final class WaitSampler implements UnwrittenWaits, AutoCloseable {
    static final Duration PACE = Duration.ofSeconds(1);

    /// Screens read what is held in memory, so a commit may wait; a crash loses this much.
    static final Duration WRITTEN_EVERY = Duration.ofMinutes(5);

    /// Samples between two looks at what they cost.
    private static final int COST_EVERY = 60;

    private static final int BURST_SAMPLES = 10;
    private static final Duration BURST_PACE = Duration.ofMillis(200);
    private static final String LIVE = "live";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(WaitSampler.class);

    private final Targets targets;
    private final Lakehouse lakehouse;
    private final Predicate<TargetId> measured;
    private final TaskExecutor room;
    private final Ticker ticker;
    private final Clock clock;
    private final String runId = UUID.randomUUID().toString();
    private final Map<TargetId, Sampled> sampled = new ConcurrentHashMap<>();
    private final Map<TargetId, Watch> watches = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Watch(Ticker.Ticking ticking, int watchers) {}

    private static final class Sampled {
        private final SampledWaits waits;
        private final AtomicBoolean busy = new AtomicBoolean();
        private final ReentrantLock writing = new ReentrantLock();
        private volatile WaitSampling state = WaitSampling.NONE;
        // Only ever counted by the one sample that runs.
        private long samples;
        private volatile boolean watched;
        private volatile long writtenAt = System.nanoTime();

        Sampled(String runId) {
            waits = new SampledWaits(runId, PACE);
        }
    }

    /// @param measured is this server measured in a live rhythm, and does it answer?
    public WaitSampler(
            Targets targets,
            Lakehouse lakehouse,
            Predicate<TargetId> measured,
            TaskExecutor room,
            Ticker ticker,
            Clock clock) {
        this.targets = targets;
        this.lakehouse = lakehouse;
        this.measured = measured;
        this.room = room;
        this.ticker = ticker;
        this.clock = clock;
    }

    /// Samples this target until closed; several watchers share its samples.
    public Ticker.Ticking watch(TargetId target) {
        lock.lock();
        try {
            var known = watches.get(target);
            of(target).watched = true;
            watches.put(
                    target,
                    known == null
                            ? new Watch(
                                    ticker.every(
                                            "wait sampling of " + target, PACE, () -> tick(target)),
                                    1)
                            : new Watch(known.ticking(), known.watchers() + 1));
        } finally {
            lock.unlock();
        }
        var closed = new AtomicBoolean();
        return () -> {
            if (!closed.getAndSet(true)) {
                left(target);
            }
        };
    }

    private void left(TargetId target) {
        lock.lock();
        try {
            var watch = watches.get(target);
            if (watch == null) {
                return;
            }
            if (watch.watchers() > 1) {
                watches.put(target, new Watch(watch.ticking(), watch.watchers() - 1));
                return;
            }
            watch.ticking().close();
            watches.remove(target);
            of(target).watched = false;
        } finally {
            lock.unlock();
        }
        room.launch("wait samples of " + target, () -> write(target, of(target)));
    }

    private Sampled of(TargetId target) {
        return sampled.computeIfAbsent(target, _ -> new Sampled(runId));
    }

    /// Is it sampled every second now? A scheduled cycle then needs no samples of its own.
    public boolean watches(TargetId target) {
        var known = sampled.get(target);
        return known != null && known.watched && measured.test(target);
    }

    /// How sampling goes: what it costs the server and what it cannot see.
    public WaitSampling state(TargetId target) {
        var known = sampled.get(target);
        return known == null ? WaitSampling.NONE : known.state;
    }

    @Override
    public List<WaitInterval> heldFor(TargetId target) {
        var known = sampled.get(target);
        return known == null ? List.of() : known.waits.held();
    }

    private void tick(TargetId target) {
        var known = of(target);
        if (measured.test(target) && known.busy.compareAndSet(false, true)) {
            room.launch("wait sample of " + target, () -> sample(target, known));
        }
    }

    private void sample(TargetId target, Sampled known) {
        try (var session = targets.read(target, Deadline.in(PATIENCE))) {
            var seen = ActiveSessions.read(session, clock.instant());
            known.waits.add(seen);
            known.state = known.state.saw(seen);
            if (known.samples++ % COST_EVERY == COST_EVERY / 2) {
                known.state = known.state.cost(session);
            }
            if (System.nanoTime() - known.writtenAt > WRITTEN_EVERY.toNanos()) {
                room.launch("wait samples of " + target, () -> write(target, known));
            }
        } catch (OpsException e) {
            known.state = known.state.failed(e);
        } finally {
            known.busy.set(false);
        }
    }

    /// A burst of samples for a server nobody watches: short, so what it says is thin.
    ///
    /// @return what to say about it; null when the server is watched or a sample cannot be taken
    public @Nullable String burst(TargetId target, Deadline deadline) {
        if (watches(target)) {
            return null;
        }
        var waits = new SampledWaits(UUID.randomUUID().toString(), BURST_PACE);
        var state = WaitSampling.NONE;
        try (var session = targets.read(target, deadline)) {
            for (int i = 0; i < BURST_SAMPLES; i++) {
                var seen = ActiveSessions.read(session, clock.instant());
                waits.add(seen);
                state = state.saw(seen);
                deadline.pause("Sampling waits", BURST_PACE);
            }
        } catch (OpsException e) {
            return "waits were not sampled: " + e.why();
        }
        waits.endInterval();
        var held = waits.held();
        store(target, held);
        double seconds = held.stream().mapToDouble(WaitInterval::seconds).sum();
        var missing = state.missing();
        return "waits: %d samples in %.1f s, since nobody watches this server%s"
                .formatted(BURST_SAMPLES, seconds, missing == null ? "" : "; " + missing);
    }

    private void write(TargetId target, Sampled known) {
        known.writing.lock();
        try {
            if (!known.watched) {
                known.waits.endInterval();
            }
            var held = known.waits.held();
            known.writtenAt = System.nanoTime();
            if (!held.isEmpty()) {
                store(target, held);
                known.waits.written(held);
            }
        } catch (OpsException e) {
            LOG.warn("The wait samples of {} wait to be written: {}", target, e.getMessage());
        } finally {
            known.writing.unlock();
        }
    }

    private void store(TargetId target, List<WaitInterval> intervals) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        intervals.forEach(i -> rows.addAll(i.rows(target, LIVE)));
        lakehouse.append(OpsTables.WAIT_SAMPLES.name(), rows);
    }

    /// Writes what is held.
    @Override
    public void close() {
        lock.lock();
        try {
            watches.values().forEach(w -> w.ticking().close());
            watches.clear();
        } finally {
            lock.unlock();
        }
        sampled.forEach(
                (target, known) -> {
                    known.watched = false;
                    write(target, known);
                });
    }
}
