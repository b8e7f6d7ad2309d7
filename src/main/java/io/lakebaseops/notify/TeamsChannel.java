package io.lakebaseops.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/// A Microsoft Teams workflow that takes an adaptive card by webhook. Teams opens no links but
/// those of the web, so the link stands as text.
record TeamsChannel(HttpPost http, Supplier<URI> url) implements Channel {
    /// Well below the 28 kB of a message.
    private static final int TEXT = 4_000;

    @Override
    public SendResult send(Message m, @Nullable String earlier) {
        var root = HttpPost.JSON.createObjectNode().put("type", "message");
        var attachment =
                root.putArray("attachments")
                        .addObject()
                        .put("contentType", "application/vnd.microsoft.card.adaptive");
        var card =
                attachment
                        .putObject("content")
                        .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                        .put("type", "AdaptiveCard")
                        .put("version", "1.4");
        var body = card.putArray("body");
        text(body, m.headline()).put("weight", "bolder").put("color", colour(m));
        var facts = body.addObject().put("type", "FactSet").putArray("facts");
        m.figures()
                .forEach(
                        (name, value) ->
                                facts.addObject().put("title", name).put("value", plain(value)));
        m.deeds().forEach(deed -> text(body, deed));
        text(body, m.link()).put("isSubtle", true);
        return switch (http.post(url.get(), Map.of(), HttpPost.bytes(root))) {
            case HttpPost.Answer.Accepted _ -> new SendResult.Sent(null);
            case HttpPost.Answer.Failed(var result) -> result;
        };
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode text(
            ArrayNode body, String text) {
        return body.addObject()
                .put("type", "TextBlock")
                .put("wrap", true)
                .put("text", plain(SlackBlocks.cut(text, TEXT)));
    }

    /// Cards read a part of Markdown; names of objects are none.
    private static String plain(String text) {
        return text.replaceAll("([\\\\*_\\[\\]`])", "\\\\$1");
    }

    private static String colour(Message m) {
        if (m.act() == Act.RESOLVE) {
            return "good";
        }
        return m.severity() == Severity.CRITICAL ? "attention" : "warning";
    }

    @Override
    public boolean takes(Act act) {
        return act != Act.ACKNOWLEDGE;
    }

    @Override
    public String destination() {
        return "Teams workflow";
    }
}
