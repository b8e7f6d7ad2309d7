package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;
import io.lakebaseops.state.Lease;
import io.lakebaseops.state.Outbox;
import io.lakebaseops.state.Outbox.Entry;
import io.lakebaseops.state.Outbox.State;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Tells people about alerts: files what is to be said and works off what is due, as often as
/// [#look] is called. Of the consoles on one state database only the one that has the turn sends.
///
/// Channels are worked off side by side, each in order; one that hangs holds up no other, and
/// nothing here holds up measuring. A message is claimed before it is sent, so that a crash at the
/// worst moment repeats it once and never loses it.
public final class Notifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Notifier.class);

    static final String TURN = "notifications";

    /// An end is told after an hour at the latest, and tried for a day.
    private static final Duration LOOKED_BACK = Duration.ofHours(26);

    /// Longer than any try lasts, so that a try is repeated only when its process is gone.
    private static final Duration CLAIMED = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration TRIED = Duration.ofHours(24);
    private static final Duration TURN_ASKED_EVERY = Duration.ofSeconds(30);
    private static final int AT_ONCE = 200;

    private final Supplier<NotificationConfig> config;
    private final Channels channels;
    private final Alerts alerts;
    private final Outbox outbox;
    private final Supplier<Optional<Lease>> turns;
    private final Executor executor;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ReentrantLock looking = new ReentrantLock();
    private @Nullable Lease turn;
    private Instant asked = Instant.MIN;

    Notifier(
            Supplier<NotificationConfig> config,
            Channels channels,
            Alerts alerts,
            Outbox outbox,
            Supplier<Optional<Lease>> turns,
            Executor executor,
            Clock clock) {
        this.config = config;
        this.channels = channels;
        this.alerts = alerts;
        this.outbox = outbox;
        this.turns = turns;
        this.executor = executor;
        this.clock = clock;
    }

    /// Looks what is to be said and begins to say it; returns without waiting for any channel.
    public void look() {
        if (config.get().channels().isEmpty() || !looking.tryLock()) {
            return;
        }
        try {
            if (hasTurn()) {
                var now = clock.instant();
                file(now);
                send(now);
            }
        } catch (OpsException e) {
            log.warn("Notifications wait: {}", e.getMessage());
        } finally {
            looking.unlock();
        }
    }

    private boolean hasTurn() {
        var mine = turn;
        if (mine != null && mine.held()) {
            return true;
        }
        if (mine != null) {
            mine.close();
            turn = null;
            asked = Instant.MIN;
        }
        var now = clock.instant();
        if (asked.isAfter(now.minus(TURN_ASKED_EVERY))) {
            return false;
        }
        asked = now;
        turn = turns.get().orElse(null);
        return turn != null;
    }

    private void file(Instant now) {
        var all = outbox.toTell(now.minus(LOOKED_BACK));
        var said =
                outbox.about(all.stream().map(Alert::id).toList()).stream()
                        .collect(Collectors.groupingBy(Entry::alertId));
        var mutes = mutes(all, now);
        for (var alert : all) {
            var due =
                    Due.of(
                            alert,
                            mutedUntil(alert, mutes) != null,
                            said.getOrDefault(alert.id(), List.of()),
                            config.get(),
                            now);
            due.dropped().forEach((id, why) -> outbox.end(id, State.DROPPED, now, why, null));
            due.entries().stream().filter(this::taken).forEach(outbox::add);
        }
    }

    private boolean taken(Entry e) {
        return config.get()
                .channel(e.channel())
                .map(c -> channels.of(c).takes(e.act()))
                .orElse(false);
    }

    private Map<String, List<Mute>> mutes(List<Alert> all, Instant now) {
        return all.stream()
                .map(Alert::target)
                .distinct()
                .collect(Collectors.toMap(t -> t.key(), t -> alerts.mutes(t, now)));
    }

    private static @Nullable Instant mutedUntil(Alert alert, Map<String, List<Mute>> mutes) {
        return mutes.getOrDefault(alert.target().key(), List.of()).stream()
                .filter(m -> m.covers(alert))
                .map(Mute::until)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private void send(Instant now) {
        var due = outbox.due(now, AT_ONCE);
        if (due.isEmpty()) {
            return;
        }
        var byId =
                outbox.toTell(now.minus(LOOKED_BACK)).stream()
                        .collect(Collectors.toMap(Alert::id, Function.identity()));
        var mutes = mutes(List.copyOf(byId.values()), now);
        var work =
                due.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Entry::channel,
                                        java.util.LinkedHashMap::new,
                                        Collectors.toCollection(ArrayList::new)));
        work.forEach(
                (channel, entries) -> {
                    if (busy.add(channel)) {
                        executor.execute(() -> workOff(channel, entries, byId, mutes));
                    }
                });
    }

    private void workOff(
            String channel,
            List<Entry> entries,
            Map<String, Alert> byId,
            Map<String, List<Mute>> mutes) {
        try {
            for (var entry : entries) {
                var alert = byId.get(entry.alertId());
                if (alert == null) {
                    end(entry, State.DROPPED, "the alert ended long ago");
                    continue;
                }
                var muted = mutedUntil(alert, mutes);
                if (muted != null && entry.act() != Outbox.Act.RESOLVE) {
                    outbox.postpone(entry.id(), muted, "muted");
                } else if (!trySend(entry, alert)) {
                    // What follows would come before what it follows.
                    return;
                }
            }
        } catch (OpsException e) {
            log.warn("Notifications to {} wait: {}", channel, e.getMessage());
        } finally {
            busy.remove(channel);
        }
    }

    /// @return false when the channel cannot be reached now
    private boolean trySend(Entry entry, Alert alert) {
        var channel = config.get().channel(entry.channel());
        if (channel.isEmpty()) {
            end(entry, State.FAILED, "no channel of this name is configured");
            return true;
        }
        var now = clock.instant();
        if (!outbox.claim(entry, now.plus(CLAIMED))) {
            return true;
        }
        var said = outbox.about(List.of(alert.id()));
        var result =
                channels.send(
                        channel.get(),
                        AlertMessage.of(alert, entry, outbox.deeds(alert.id()), now),
                        Due.receipt(said, entry.channel()));
        return switch (result) {
            case SendResult.Sent(var receipt) -> {
                outbox.end(entry.id(), State.SENT, clock.instant(), null, receipt);
                yield true;
            }
            case SendResult.Refused(var reason) -> {
                end(entry, State.FAILED, reason);
                yield true;
            }
            case SendResult.Later(var reason, var after) -> {
                later(entry, reason, after);
                yield false;
            }
        };
    }

    private void later(Entry entry, String reason, @Nullable Duration after) {
        var now = clock.instant();
        var pause = pause(entry.attempts());
        var next = now.plus(after != null && after.compareTo(pause) > 0 ? after : pause);
        if (next.isAfter(entry.createdAt().plus(TRIED))) {
            end(entry, State.FAILED, "given up after a day: " + reason);
        } else {
            log.warn("{} could not be told, next try {}: {}", entry.channel(), next, reason);
            outbox.postpone(entry.id(), next, reason);
        }
    }

    /// Twice as long after each try.
    static Duration pause(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void end(Entry entry, State state, String reason) {
        if (state == State.FAILED) {
            log.warn("{} is not told of an alert: {}", entry.channel(), reason);
        }
        outbox.end(entry.id(), state, clock.instant(), reason, null);
    }

    @Override
    public void close() {
        looking.lock();
        try {
            if (turn != null) {
                turn.close();
                turn = null;
            }
        } finally {
            looking.unlock();
        }
    }
}
