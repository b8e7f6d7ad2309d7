package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Notices within two seconds that a watched server is gone: one tiny query twice a second, between
/// the rounds of measurement.
///
/// Busy is not lost. It takes two missed answers; a query that waits counts as missed once per
/// patience; time in which our own clock stood still is nobody's silence; and an answer that comes
/// late takes the loss back at once.
///
/// Beats only while the last round is fresh and the server was there: it never wakes a suspended
/// compute, and it leaves the recovery to the next round.
public final class Heartbeat {
    /// How often we look whether a beat is due or overdue.
    static final Duration LOOK = Duration.ofMillis(200);

    private static final long PAUSE_NANOS = Duration.ofMillis(400).toNanos();

    /// Pause, twice this patience and two looks stay under two seconds from the loss to the notice.
    private static final long PATIENCE_NANOS = Duration.ofMillis(550).toNanos();

    private static final int MISSES_TO_BE_LOST = 2;

    /// Long enough to tell an answer that comes late from none.
    private static final Duration WAITED_FOR = Duration.ofSeconds(10);

    /// Without a round in this time nobody measures, so nobody needs to know.
    private static final Duration ROUND_FRESH = Duration.ofSeconds(12);

    private final Targets targets;
    private final LiveHealthBoard board;
    private final EventBus events;
    private final TaskExecutor room;
    private final Clock clock;
    private final Map<TargetId, Beat> beats = new ConcurrentHashMap<>();
    private final Map<TargetId, Watch> watches = new ConcurrentHashMap<>();

    private record Watch(Ticker.Ticking ticking, int watchers) {}

    /// Times by the monotonic clock.
    ///
    /// @param since when it began, or when it ended
    /// @param misses in a row before this one
    /// @param looked when it was looked at last
    /// @param forgiven time in which we could not look
    private record Beat(boolean running, long since, int misses, long looked, long forgiven) {
        Beat lookedAt(long now) {
            long late = now - looked - 2 * LOOK.toNanos();
            return new Beat(running, since, misses, now, forgiven + Math.max(0, late));
        }

        long lasted(long now) {
            return now - since - forgiven;
        }
    }

    public Heartbeat(
            Targets targets,
            LiveHealthBoard board,
            EventBus events,
            TaskExecutor room,
            Clock clock) {
        this.targets = targets;
        this.board = board;
        this.events = events;
        this.room = room;
        this.clock = clock;
    }

    /// Beats for this target until closed; several watchers share its beats.
    public Ticker.Ticking watch(TargetId target) {
        watches.compute(
                target,
                (_, w) ->
                        w == null
                                ? new Watch(
                                        room.every(
                                                "heartbeat of " + target, LOOK, () -> look(target)),
                                        1)
                                : new Watch(w.ticking(), w.watchers() + 1));
        var closed = new AtomicBoolean();
        return () -> {
            if (!closed.getAndSet(true)) {
                watches.computeIfPresent(target, (_, w) -> left(w));
            }
        };
    }

    private static @Nullable Watch left(Watch watch) {
        if (watch.watchers() > 1) {
            return new Watch(watch.ticking(), watch.watchers() - 1);
        }
        watch.ticking().close();
        return null;
    }

    private void look(TargetId target) {
        long now = System.nanoTime();
        var beat = beats.computeIfPresent(target, (_, b) -> b.lookedAt(now));
        if (beat != null && beat.running()) {
            // The connection may hang longer than its deadline; the notice must not wait for it.
            long missed = beat.misses() + beat.lasted(now) / PATIENCE_NANOS;
            if (missed >= MISSES_TO_BE_LOST) {
                lost(target, "it does not answer");
            }
            return;
        }
        var fresh = clock.instant().minus(ROUND_FRESH);
        boolean measured = board.latest(target).filter(r -> r.at().isAfter(fresh)).isPresent();
        boolean due = beat == null || beat.misses() > 0 || beat.lasted(now) > PAUSE_NANOS;
        if (due && measured && board.outage(target) == null) {
            int misses = beat == null ? 0 : beat.misses();
            beats.put(target, new Beat(true, now, misses, now, 0));
            room.launch("heartbeat of " + target, () -> beat(target, now, misses));
        }
    }

    private void beat(TargetId target, long began, int misses) {
        int missedNow = misses;
        try (var session = targets.read(target, Deadline.in(WAITED_FOR))) {
            session.query(HealthSql.HEARTBEAT);
            missedNow = 0;
            answered(target, Duration.ofNanos(System.nanoTime() - began));
        } catch (OpsException e) {
            switch (e.kind()) {
                case UNREACHABLE -> {
                    missedNow = misses + 1;
                    if (missedNow >= MISSES_TO_BE_LOST) {
                        lost(target, e.why());
                    }
                }
                // Its silence was noticed while it lasted.
                case TIMEOUT -> {}
                case CANCELLED, DENIED, NOT_FOUND, CONFLICT, INVALID_INPUT, UNSUPPORTED, INTERNAL ->
                        // It answered, or our own work left no connection; the next round tells.
                        missedNow = 0;
            }
        } finally {
            long now = System.nanoTime();
            beats.put(target, new Beat(false, now, missedNow, now, 0));
        }
    }

    private void answered(TargetId target, Duration after) {
        if (after.toNanos() > MISSES_TO_BE_LOST * PATIENCE_NANOS && board.reachable(target)) {
            events.publish(
                    new OpsEvent.ReachabilityChanged(
                            target,
                            clock.instant(),
                            true,
                            "it answered after %s: slow, not gone"
                                    .formatted(Format.duration(after))));
        }
    }

    private void lost(TargetId target, String why) {
        var now = clock.instant();
        if (board.unreachable(target, now, why)) {
            events.publish(new OpsEvent.ReachabilityChanged(target, now, false, why));
        }
    }
}
