package io.lakebaseops.notify;

import io.lakebaseops.domain.ConsoleLink;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Outbox.Act;
import io.lakebaseops.state.Outbox.Deed;
import io.lakebaseops.state.Outbox.Entry;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/// The words of a message about an alert, as it stands when it is sent.
final class AlertMessage {
    private AlertMessage() {}

    static Message of(Alert alert, Entry entry, List<Deed> deeds, Instant now) {
        return new Message(
                entry.id(),
                entry.act(),
                entry.severity(),
                key(alert.id()),
                sentence(alert, entry.act(), now),
                alert.target().toString(),
                alert.subject().display(),
                figures(alert, now),
                deeds.stream().map(AlertMessage::words).toList(),
                link(alert.target(), alert.metric()),
                now,
                false);
    }

    /// Tries a channel: it must not look like trouble.
    static Message test(UUID id, Act act, String channel, Instant now) {
        var figures = new LinkedHashMap<String, String>();
        figures.put("Channel", channel);
        figures.put("Sent", Format.utc(now));
        return new Message(
                id,
                act,
                Severity.WARNING,
                key("test-" + id),
                "this is a test from LakebaseOps, nothing is wrong",
                "LakebaseOps",
                channel,
                figures,
                List.of(),
                link(new TargetId("local", "test", "test"), MetricName.NO_ANSWER_SECONDS),
                now,
                true);
    }

    /// To the rows behind the measure, where its alert can be acknowledged.
    private static String link(TargetId target, MetricName metric) {
        return new ConsoleLink(target, "overview", List.of("metric", metric.id())).toString();
    }

    private static String key(String alert) {
        return "lakebaseops/" + alert;
    }

    private static String sentence(Alert alert, Act act, Instant now) {
        var what = "%s: %s".formatted(alert.target(), alert.message());
        return switch (act) {
            case TRIGGER -> what;
            case ESCALATE -> {
                var since = alert.criticalAt() == null ? alert.openedAt() : alert.criticalAt();
                yield "nobody has seen it for %s. %s"
                        .formatted(Format.briefly(Duration.between(since, now)), what);
            }
            case ACKNOWLEDGE -> "seen by %s. %s".formatted(alert.acknowledgedBy(), what);
            case RESOLVE -> "over after %s. %s".formatted(Format.briefly(lasted(alert, now)), what);
        };
    }

    private static Duration lasted(Alert alert, Instant now) {
        var end = alert.recoveredAt();
        return Duration.between(alert.openedAt(), end == null ? now : end);
    }

    private static LinkedHashMap<String, String> figures(Alert alert, Instant now) {
        var figures = new LinkedHashMap<String, String>();
        figures.put("Server", alert.target().key());
        figures.put("Object", alert.subject().display());
        // That a server does not answer is no figure.
        if (alert.metric() != MetricName.NO_ANSWER_SECONDS) {
            figures.put("When raised", Format.of(alert.metric(), alert.value()).toString());
            figures.put("Limit", Format.of(alert.metric(), alert.threshold()).toString());
        }
        figures.put("Since", Format.utc(alert.openedAt()));
        var over = alert.recoveredAt();
        if (over != null) {
            figures.put("Until", Format.utc(over));
        }
        figures.put("Lasted", Format.briefly(lasted(alert, now)));
        if (alert.returns() > 0) {
            figures.put("Came back", Format.count(alert.returns(), "time"));
        }
        return figures;
    }

    private static String words(Deed deed) {
        var what = deed.title();
        return switch (deed.state()) {
            case "WAITING" -> "Waits for your approval: " + what;
            case "RUNNING", "APPROVED" -> "Runs now: " + what;
            case "DONE" ->
                    ("policy".equals(deed.decidedBy()) ? "Done by the agents: " : "Done: ") + what;
            case "FAILED" -> "Failed: " + what;
            case "REJECTED" -> "Rejected: " + what;
            case "UNDONE", "UNDOING" -> "Taken back: " + what;
            default -> "Not done: " + what;
        };
    }
}
