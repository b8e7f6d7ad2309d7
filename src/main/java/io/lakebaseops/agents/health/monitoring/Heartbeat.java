package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Is the server a person looks at still there? One tiny query a second, between the rounds of
/// measurement, so that a lost connection shows within two seconds and not only at the next round.
///
/// Beats only while the last round is fresh and the server was there: it never wakes a suspended
/// compute, and it leaves the recovery to the next round.
public final class Heartbeat {
    static final SqlName ANSWERS = SqlName.of("monitoring/heartbeat");
    /// How often we look whether a beat is due or overdue.
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    /// Pause, patience and two looks stay under two seconds from the loss to the notice.
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /// Without a round in this time nobody measures, so nobody needs to know.
    private static final Duration ROUND_FRESH = Duration.ofSeconds(12);

    private final Targets targets;
    private final LiveHealthBoard board;
    private final EventBus events;
    private final TaskExecutor room;
    private final Clock clock;
    private final Map<TargetId, Beat> beats = new ConcurrentHashMap<>();

    /// @param since by the monotonic clock: when it began, or when it ended
    private record Beat(boolean running, long since) {
        boolean lasts(long nanos) {
            return System.nanoTime() - since > nanos;
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

    /// Beats for this target until closed.
    public Ticker.Ticking watch(TargetId target) {
        return room.every("heartbeat of " + target, LOOK, () -> look(target));
    }

    private void look(TargetId target) {
        var beat = beats.get(target);
        if (beat != null && beat.running()) {
            // The connection may hang longer than its deadline; the notice must not wait for it.
            if (beat.lasts(PATIENCE.toNanos())) {
                lost(target, "it does not answer");
            }
            return;
        }
        var fresh = clock.instant().minus(ROUND_FRESH);
        boolean measured = board.latest(target).filter(r -> r.at().isAfter(fresh)).isPresent();
        boolean due = beat == null || beat.lasts(PAUSE_NANOS);
        if (due && measured && board.outage(target) == null) {
            beats.put(target, new Beat(true, System.nanoTime()));
            room.launch("heartbeat of " + target, () -> beat(target));
        }
    }

    private void beat(TargetId target) {
        try (var session = targets.read(target, Deadline.in(PATIENCE))) {
            session.query(ANSWERS);
        } catch (OpsException e) {
            switch (e.kind()) {
                case UNREACHABLE, TIMEOUT -> lost(target, e.why());
                case CANCELLED,
                        DENIED,
                        NOT_FOUND,
                        CONFLICT,
                        INVALID_INPUT,
                        UNSUPPORTED,
                        INTERNAL -> {} // it answered; the next round says what it does not like
            }
        } finally {
            beats.put(target, new Beat(false, System.nanoTime()));
        }
    }

    private void lost(TargetId target, String why) {
        var now = clock.instant();
        if (board.unreachable(target, now, why)) {
            events.publish(new OpsEvent.ReachabilityChanged(target, now, false, why));
        }
    }
}
