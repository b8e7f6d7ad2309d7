package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.Supplier;

/// PagerDuty Events API v2: one incident per alert by its stable `dedup_key`, acknowledged and
/// resolved with it, so that a repeated try is no second incident.
record PagerDutyChannel(HttpPost http, NotificationChannel.PagerDuty config, Supplier<String> key)
        implements Channel {
    /// Limit of `payload.summary`.
    private static final int SUMMARY = 1_024;

    @Override
    public SendResult send(Message m, @Nullable String earlier) {
        var root =
                HttpPost.JSON
                        .createObjectNode()
                        .put("routing_key", key.get())
                        .put("event_action", action(m.act()))
                        .put("dedup_key", m.key())
                        .put("client", "LakebaseOps");
        if (m.act() == Act.TRIGGER || m.act() == Act.ESCALATE) {
            var payload =
                    root.putObject("payload")
                            .put("summary", SlackBlocks.cut(m.headline(), SUMMARY))
                            .put("source", m.source())
                            .put("severity", severity(m.severity()))
                            .put("timestamp", m.at().toString())
                            .put("component", m.component());
            var details = payload.putObject("custom_details");
            m.figures().forEach(details::put);
            m.deeds().forEach(details.putArray("agents")::add);
            details.put("link", m.link());
        }
        return switch (http.post(config.api(), Map.of(), HttpPost.bytes(root))) {
            case HttpPost.Answer.Accepted _ -> new SendResult.Sent(m.key());
            case HttpPost.Answer.Failed(var result) -> result;
        };
    }

    private static String action(Act act) {
        return switch (act) {
            case TRIGGER, ESCALATE -> "trigger";
            case ACKNOWLEDGE -> "acknowledge";
            case RESOLVE -> "resolve";
        };
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "critical";
            case WARNING -> "warning";
            case INFO -> "info";
        };
    }

    @Override
    public boolean takes(Act act) {
        return true;
    }

    @Override
    public String destination() {
        return "PagerDuty at " + config.api().getHost();
    }
}
