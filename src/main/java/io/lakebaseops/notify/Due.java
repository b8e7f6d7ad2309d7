package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Outbox.Act;
import io.lakebaseops.state.Outbox.Entry;
import io.lakebaseops.state.Outbox.State;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What must be said about one alert, and what no longer: a pure function of the alert, of what was
/// said already and of the configuration, so that it comes to the same after a restart and in any
/// console.
///
/// @param entries to be filed
/// @param dropped no longer to be sent, with the reason
record Due(List<Entry> entries, Map<UUID, String> dropped) {
    /// Before an end is told it must have lasted: a minute, and twice as long with each time that
    /// the alert came back.
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final Duration LONGEST_TO_SETTLE = Duration.ofHours(1);

    static Due of(
            Alert alert, boolean muted, List<Entry> said, NotificationConfig config, Instant now) {
        var due = new Due(new ArrayList<>(), new LinkedHashMap<>());
        var over = alert.recoveredAt();
        if (over == null) {
            due.goesOn(alert, muted, said, config, now);
        } else {
            due.isOver(alert, over, said, now);
        }
        return due;
    }

    private void goesOn(
            Alert alert, boolean muted, List<Entry> said, NotificationConfig config, Instant now) {
        said.stream()
                .filter(e -> e.act() == Act.RESOLVE && e.state() == State.WAITING)
                .forEach(e -> dropped.put(e.id(), "it came back"));
        if (!muted) {
            for (var channel : config.route(alert.severity())) {
                var current = current(said, channel);
                boolean told =
                        current.stream()
                                .anyMatch(
                                        e ->
                                                e.act() == Act.TRIGGER
                                                        && (e.state() == State.SENT
                                                                || e.state() == State.WAITING)
                                                        && e.severity().compareTo(alert.severity())
                                                                >= 0);
                if (!told) {
                    add(said, alert, channel, Act.TRIGGER, now, begins(alert, config, now));
                }
            }
            escalate(alert, said, config, now);
        }
        if (alert.acknowledgedBy() != null) {
            for (var channel : channels(said)) {
                if (current(said, channel).stream().anyMatch(Due::told)) {
                    add(said, alert, channel, Act.ACKNOWLEDGE, now, now);
                }
            }
        }
    }

    private static Instant begins(Alert alert, NotificationConfig config, Instant now) {
        var quiet = config.quiet();
        return quiet == null || alert.severity() == Severity.CRITICAL ? now : quiet.over(now);
    }

    private void escalate(Alert alert, List<Entry> said, NotificationConfig config, Instant now) {
        var escalation = config.escalation();
        var since = alert.criticalAt();
        if (escalation == null
                || since == null
                || alert.severity() != Severity.CRITICAL
                || alert.acknowledgedBy() != null) {
            return;
        }
        var at = since;
        for (var channel : escalation.channels()) {
            at = at.plus(escalation.after());
            if (!at.isAfter(now)) {
                add(said, alert, channel, Act.ESCALATE, now, now);
            }
        }
    }

    private void isOver(Alert alert, Instant over, List<Entry> said, Instant now) {
        for (var channel : channels(said)) {
            var current = current(said, channel);
            for (var e : current) {
                if (e.state() == State.WAITING && e.act() != Act.RESOLVE) {
                    dropped.put(e.id(), "it was over before it was sent");
                }
            }
            // A try of which nobody knows the end may have arrived.
            if (current.stream().anyMatch(e -> told(e) || tells(e) && e.attempts() > 0)) {
                add(said, alert, channel, Act.RESOLVE, now, over.plus(settled(alert.returns())));
            }
        }
    }

    static Duration settled(int returns) {
        var time = SETTLED.multipliedBy(1L << Math.min(returns, 10));
        return time.compareTo(LONGEST_TO_SETTLE) > 0 ? LONGEST_TO_SETTLE : time;
    }

    private void add(
            List<Entry> said, Alert alert, String channel, Act act, Instant now, Instant at) {
        boolean filed =
                said.stream()
                        .anyMatch(
                                e ->
                                        e.channel().equals(channel)
                                                && e.act() == act
                                                && e.severity() == alert.severity()
                                                && e.round() == alert.returns());
        if (!filed) {
            entries.add(Entry.of(alert, channel, act, alert.severity(), now, at));
        }
    }

    private static List<String> channels(List<Entry> said) {
        return said.stream().map(Entry::channel).distinct().toList();
    }

    /// What was said in this channel since it was last told that all is well.
    private static List<Entry> current(List<Entry> said, String channel) {
        var current = new ArrayList<Entry>();
        for (var e : said) {
            if (e.channel().equals(channel)) {
                if (e.act() == Act.RESOLVE && e.state() == State.SENT) {
                    current.clear();
                } else {
                    current.add(e);
                }
            }
        }
        // What was dropped after some tries may have arrived.
        current.removeIf(e -> e.state() == State.DROPPED && e.attempts() == 0);
        return current;
    }

    private static boolean tells(Entry e) {
        return e.act() == Act.TRIGGER || e.act() == Act.ESCALATE;
    }

    private static boolean told(Entry e) {
        return tells(e) && e.state() == State.SENT;
    }

    /// What a channel needs to continue what it said first.
    static @Nullable String receipt(List<Entry> said, String channel) {
        return current(said, channel).stream()
                .filter(Due::told)
                .map(Entry::receipt)
                .filter(r -> r != null)
                .findFirst()
                .orElse(null);
    }
}
