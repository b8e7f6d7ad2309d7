package io.lakebaseops.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Outbox.Act;

/// A message in Slack's blocks, with plain text for notices and screen readers.
///
/// Limits of Block Kit: 3,000 characters a section, ten fields of 2,000 characters.
final class SlackBlocks {
    private static final int TEXT = 2_900;
    private static final int FIELD = 1_900;
    private static final int FIELDS = 10;

    private SlackBlocks() {}

    static ObjectNode of(Message m) {
        var root = HttpPost.JSON.createObjectNode().put("text", cut(escaped(m.headline()), TEXT));
        var attachment = root.putArray("attachments").addObject().put("color", colour(m));
        var blocks = attachment.putArray("blocks");
        section(blocks, "*" + escaped(m.headline()).replace("*", "\u2217") + "*");
        var fields = blocks.addObject().put("type", "section").putArray("fields");
        m.figures().entrySet().stream()
                .limit(FIELDS)
                .forEach(
                        f ->
                                markdown(
                                        fields.addObject(),
                                        cut(
                                                "*%s*\n%s"
                                                        .formatted(
                                                                f.getKey(), escaped(f.getValue())),
                                                FIELD)));
        if (!m.deeds().isEmpty()) {
            section(blocks, escaped(String.join("\n", m.deeds())));
        }
        var foot = blocks.addObject().put("type", "context").putArray("elements");
        markdown(foot.addObject(), "<%s|Open in LakebaseOps>".formatted(m.link()));
        return root;
    }

    private static void section(ArrayNode blocks, String text) {
        markdown(blocks.addObject().put("type", "section").putObject("text"), cut(text, TEXT));
    }

    private static void markdown(ObjectNode node, String text) {
        node.put("type", "mrkdwn").put("text", text);
    }

    private static String colour(Message m) {
        if (m.act() == Act.RESOLVE) {
            return "#2e7d32";
        }
        return m.severity() == Severity.CRITICAL ? "#c62828" : "#b26a00";
    }

    /// The three characters that Slack reads as markup of links and mentions.
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
