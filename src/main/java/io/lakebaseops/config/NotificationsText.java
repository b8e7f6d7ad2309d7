package io.lakebaseops.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.config.NotificationChannel.Mail;
import io.lakebaseops.domain.Severity;

import java.time.Duration;
import java.util.Locale;

/// The content of the file of notification channels as [NotificationsFile] reads it.
final class NotificationsText {
    private NotificationsText() {}

    static ObjectNode of(NotificationConfig config) {
        var root = JsonNodeFactory.instance.objectNode();
        var channels = root.putArray("channels");
        config.channels().forEach(c -> channels.add(channel(c)));
        var routes = root.putObject("routes");
        for (var severity : new Severity[] {Severity.WARNING, Severity.CRITICAL}) {
            if (!config.route(severity).isEmpty()) {
                var names = routes.putArray(severity.name().toLowerCase(Locale.ROOT));
                config.route(severity).forEach(names::add);
            }
        }
        var escalation = config.escalation();
        if (escalation != null) {
            var node = root.putObject("escalation");
            node.put("after", time(escalation.after()));
            escalation.channels().forEach(node.putArray("channels")::add);
        }
        var quiet = config.quiet();
        if (quiet != null) {
            root.putObject("quiet_hours")
                    .put("from", quiet.from().toString())
                    .put("until", quiet.until().toString())
                    .put("zone", quiet.zone().getId());
        }
        return root;
    }

    private static ObjectNode channel(NotificationChannel channel) {
        var node = JsonNodeFactory.instance.objectNode().put("name", channel.name());
        return switch (channel) {
            case NotificationChannel.SlackWebhook c ->
                    node.put("kind", "slack-webhook").put("url_secret", c.urlSecret());
            case NotificationChannel.SlackApp c ->
                    node.put("kind", "slack")
                            .put("token_secret", c.tokenSecret())
                            .put("channel", c.channel())
                            .put("api", c.api().toString());
            case NotificationChannel.PagerDuty c ->
                    node.put("kind", "pagerduty")
                            .put("key_secret", c.keySecret())
                            .put("api", c.api().toString());
            case NotificationChannel.Teams c ->
                    node.put("kind", "teams").put("url_secret", c.urlSecret());
            case NotificationChannel.Webhook c ->
                    node.put("kind", "webhook")
                            .put("url", c.url().toString())
                            .put("key_secret", c.keySecret());
            case NotificationChannel.Desktop _ -> node.put("kind", "desktop");
            case Mail c -> mail(node, c);
        };
    }

    private static ObjectNode mail(ObjectNode node, Mail c) {
        node.put("kind", "mail")
                .put("host", c.host())
                .put("port", c.port())
                .put("tls", c.tls().name().toLowerCase(Locale.ROOT));
        if (c.user() != null) {
            node.put("user", c.user()).put("password_secret", c.passwordSecret());
        }
        node.put("from", c.from());
        c.to().forEach(node.putArray("to")::add);
        return node;
    }

    private static String time(Duration after) {
        return after.toSeconds() % 60 == 0 ? after.toMinutes() + "m" : after.toSeconds() + "s";
    }
}
