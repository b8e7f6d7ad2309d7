package io.lakebaseops.notify;

import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/// A Slack incoming webhook: it can only add messages.
record SlackWebhookChannel(HttpPost http, Supplier<URI> url) implements Channel {
    @Override
    public SendResult send(Message message, @Nullable String earlier) {
        var body = HttpPost.bytes(SlackBlocks.of(message));
        return switch (http.post(url.get(), Map.of(), body)) {
            case HttpPost.Answer.Accepted _ -> new SendResult.Sent(null);
            case HttpPost.Answer.Failed(var result) -> result;
        };
    }

    @Override
    public boolean takes(Act act) {
        return act != Act.ACKNOWLEDGE;
    }

    @Override
    public String destination() {
        return "Slack webhook";
    }
}
