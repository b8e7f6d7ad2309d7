package io.lakebaseops.console.overview;

import io.lakebaseops.console.Texts;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Outbox.Act;
import io.lakebaseops.state.Outbox.Entry;
import io.lakebaseops.state.Outbox.State;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who was told of an alert, in words: `sent to dba 14:03`, `oncall not told: HTTP 403`.
final class AlertMessages {
    private AlertMessages() {}

    /// The last word in each channel, in one line; empty when nobody is to be told.
    static String line(List<Entry> messages, Alert alert, Function<Instant, String> clock) {
        var last = new LinkedHashMap<String, Entry>();
        for (var m : messages) {
            boolean tells = m.act() == Act.TRIGGER || m.act() == Act.ESCALATE;
            if (m.alertId().equals(alert.id()) && tells && m.state() != State.DROPPED) {
                last.put(m.channel(), m);
            }
        }
        // Who was not told first: the end of a line may not fit.
        return last.values().stream()
                .sorted(Comparator.comparing(m -> m.state() == State.SENT))
                .map(m -> words(m, clock))
                .collect(Collectors.joining(" · "));
    }

    /// Everything that was said or could not be said, oldest first.
    static List<String> lines(List<Entry> messages, Alert alert, Function<Instant, String> clock) {
        var lines = new ArrayList<String>();
        for (var m : messages) {
            if (m.alertId().equals(alert.id()) && m.state() != State.DROPPED) {
                lines.add(act(m.act()) + words(m, clock));
            }
        }
        return lines;
    }

    private static String act(Act act) {
        return switch (act) {
            case TRIGGER -> "";
            case ESCALATE -> Texts.of("Not acknowledged: ");
            case ACKNOWLEDGE -> Texts.of("Acknowledged: ");
            case RESOLVE -> Texts.of("Recovered: ");
        };
    }

    private static String words(Entry m, Function<Instant, String> clock) {
        var ended = m.endedAt() == null ? m.createdAt() : m.endedAt();
        return switch (m.state()) {
            case SENT -> Texts.of("sent to %s %s", m.channel(), clock.apply(ended));
            case FAILED -> Texts.of("%s not told: %s", m.channel(), m.reason());
            case WAITING ->
                    m.reason() == null
                            ? Texts.of("%s to be told %s", m.channel(), clock.apply(m.dueAt()))
                            : Texts.of(
                                    "%s not told yet: %s; next try %s",
                                    m.channel(), m.reason(), clock.apply(m.dueAt()));
            case DROPPED -> Texts.of("%s not told: %s", m.channel(), m.reason());
        };
    }
}
