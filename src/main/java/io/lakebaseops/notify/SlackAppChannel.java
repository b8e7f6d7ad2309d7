package io.lakebaseops.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Slack's Web API: what follows on an alert is written into its thread, and its end changes the
/// first message, so that nobody reads an old alarm as a new one.
///
/// The receipt is `channel:timestamp`, by which Slack knows a message.
record SlackAppChannel(HttpPost http, NotificationChannel.SlackApp config, Supplier<String> token)
        implements Channel {
    /// Errors of the API that pass: https://docs.slack.dev/reference/methods/chat.postMessage.
    private static final Set<String> PASSING =
            Set.of(
                    "ratelimited",
                    "rate_limited",
                    "internal_error",
                    "fatal_error",
                    "request_timeout",
                    "service_unavailable",
                    "team_added_to_org");

    @Override
    public SendResult send(Message message, @Nullable String earlier) {
        var body = SlackBlocks.of(message);
        if (earlier == null) {
            return call("chat.postMessage", body.put("channel", config.channel()));
        }
        var first = earlier.split(":", 2);
        if (message.act() == Act.RESOLVE) {
            var changed =
                    call(
                            "chat.update",
                            body.deepCopy().put("channel", first[0]).put("ts", first[1]));
            // One that was deleted meanwhile is no reason to be silent about the end.
            if (changed instanceof SendResult.Later) {
                return changed;
            }
        }
        body.put("channel", first[0]).put("thread_ts", first[1]);
        if (message.act() == Act.ESCALATE || message.act() == Act.TRIGGER) {
            body.put("reply_broadcast", true);
        }
        return call("chat.postMessage", body);
    }

    private SendResult call(String method, ObjectNode body) {
        var uri = URI.create(config.api() + "/" + method);
        var headers = Map.of("Authorization", "Bearer " + token.get());
        return switch (http.post(uri, headers, HttpPost.bytes(body))) {
            case HttpPost.Answer.Failed(var result) -> result;
            case HttpPost.Answer.Accepted(_, var json) -> {
                if (json.path("ok").asBoolean()) {
                    yield new SendResult.Sent(
                            json.path("channel").asText() + ":" + json.path("ts").asText());
                }
                var error = json.path("error").asText("an answer that is not Slack's");
                yield PASSING.contains(error)
                        ? new SendResult.Later("Slack says " + error, null)
                        : new SendResult.Refused("Slack says " + error);
            }
        };
    }

    @Override
    public boolean takes(Act act) {
        return true;
    }

    @Override
    public String destination() {
        return "Slack " + config.channel();
    }
}
