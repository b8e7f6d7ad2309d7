package io.lakebaseops.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.lakebaseops.config.NotificationConfig.Escalation;
import io.lakebaseops.config.NotificationConfig.QuietHours;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.platform.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The file that says who is told about alerts, `notifications.yaml`:
///
/// ```
/// channels:
///   - {name: dba,    kind: slack-webhook, url_secret: slack-dba}
///   - {name: app,    kind: slack,     token_secret: slack-app, channel: "#dba"}
///   - {name: oncall, kind: pagerduty, key_secret: pagerduty-key}
///   - {name: mail,   kind: mail, host: smtp.example.org, port: 587, tls: starttls,
///      user: lakebaseops, password_secret: smtp, from: ops@example.org, to: [dba@example.org]}
///   - {name: team,   kind: teams,     url_secret: teams-url}
///   - {name: hook,   kind: webhook,   url: "https://example.org/alerts", key_secret: hook-key}
///   - {name: screen, kind: desktop}
/// routes:
///   warning: [dba]
///   critical: [dba, oncall, mail]
/// escalation: {after: 15m, channels: [mail]}
/// quiet_hours: {from: "22:00", until: "07:00", zone: Europe/Berlin}
/// ```
///
/// One wrong entry costs no other; an unknown word is a trouble, because it may be a secret that
/// was written into the wrong place. No trouble repeats a value.
public final class NotificationsFile {
    public static final String NAME = "notifications.yaml";

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path file;
    private final List<String> troubles = new ArrayList<>();

    public NotificationsFile(Path home) {
        this.file = home.resolve(NAME);
    }

    /// @param troubles each names the file, the entry and the reason
    public record Content(NotificationConfig config, List<String> troubles) {
        public Content {
            troubles = List.copyOf(troubles);
        }
    }

    /// Nobody is told anything while there is no file.
    public synchronized Content read() throws IOException {
        troubles.clear();
        if (!Files.exists(file)) {
            return new Content(NotificationConfig.NONE, List.of());
        }
        JsonNode root;
        try {
            root = YAML.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            troubles.add(
                    "%s, line %d, is not valid YAML"
                            .formatted(file, at == null ? 0 : at.getLineNr()));
            return new Content(NotificationConfig.NONE, troubles);
        }
        known("the file", root, Set.of("channels", "routes", "escalation", "quiet_hours"));
        var channels = channels(root.path("channels"));
        var names = channels.stream().map(NotificationChannel::name).toList();
        return new Content(
                new NotificationConfig(
                        channels,
                        routes(root.path("routes"), names),
                        part("escalation", root, node -> escalation(node, names)),
                        part("quiet_hours", root, NotificationsFile::quiet)),
                troubles);
    }

    /// In place of what the file held. What could not be read of it would be lost: look at the
    /// troubles first.
    public synchronized void write(NotificationConfig config) throws IOException {
        PrivateFiles.replace(file, YAML.writeValueAsString(NotificationsText.of(config)));
    }

    private interface Reader<T> {
        T read(JsonNode node);
    }

    private <T> @Nullable T part(String name, JsonNode root, Reader<T> reader) {
        if (!root.has(name)) {
            return null;
        }
        try {
            return reader.read(root.path(name));
        } catch (IllegalArgumentException | DateTimeException e) {
            trouble(name, e);
            return null;
        }
    }

    private List<NotificationChannel> channels(JsonNode list) {
        var channels = new ArrayList<NotificationChannel>();
        int number = 0;
        for (var entry : list) {
            number++;
            try {
                var channel = channel(entry);
                if (channels.stream().anyMatch(c -> c.name().equals(channel.name()))) {
                    throw new IllegalArgumentException("the name is used twice");
                }
                channels.add(channel);
            } catch (IllegalArgumentException e) {
                trouble("channel " + number, e);
            }
        }
        return channels;
    }

    private static NotificationChannel channel(JsonNode e) {
        var name = text(e, "name");
        var kind = text(e, "kind");
        return switch (kind) {
            case "slack-webhook" -> {
                only(e, "url_secret");
                yield new NotificationChannel.SlackWebhook(name, text(e, "url_secret"));
            }
            case "slack" -> {
                only(e, "token_secret", "channel", "api");
                yield new NotificationChannel.SlackApp(
                        name,
                        text(e, "token_secret"),
                        text(e, "channel"),
                        address(e, "api", NotificationChannel.SlackApp.API));
            }
            case "pagerduty" -> {
                only(e, "key_secret", "api");
                yield new NotificationChannel.PagerDuty(
                        name,
                        text(e, "key_secret"),
                        address(e, "api", NotificationChannel.PagerDuty.API));
            }
            case "mail" -> mail(name, e);
            case "teams" -> {
                only(e, "url_secret");
                yield new NotificationChannel.Teams(name, text(e, "url_secret"));
            }
            case "webhook" -> {
                only(e, "url", "key_secret");
                yield new NotificationChannel.Webhook(
                        name, NotificationChannel.address(text(e, "url")), text(e, "key_secret"));
            }
            case "desktop" -> {
                only(e);
                yield new NotificationChannel.Desktop(name);
            }
            default ->
                    throw new IllegalArgumentException(
                            "kind is slack-webhook, slack, pagerduty, mail, teams, webhook or"
                                    + " desktop");
        };
    }

    private static NotificationChannel mail(String name, JsonNode e) {
        only(e, "host", "port", "tls", "user", "password_secret", "from", "to");
        var tls = e.has("tls") ? text(e, "tls") : "starttls";
        return new NotificationChannel.Mail(
                name,
                text(e, "host"),
                e.path("port").asInt(587),
                switch (tls) {
                    case "starttls" -> NotificationChannel.Mail.Tls.STARTTLS;
                    case "implicit" -> NotificationChannel.Mail.Tls.IMPLICIT;
                    case "none" -> NotificationChannel.Mail.Tls.NONE;
                    default ->
                            throw new IllegalArgumentException("tls is starttls, implicit or none");
                },
                optional(e, "user"),
                optional(e, "password_secret"),
                text(e, "from"),
                names(e.path("to")));
    }

    private Map<Severity, List<String>> routes(JsonNode node, List<String> channels) {
        var routes = new EnumMap<Severity, List<String>>(Severity.class);
        for (var route : node.properties()) {
            try {
                var severity =
                        switch (route.getKey()) {
                            case "warning" -> Severity.WARNING;
                            case "critical" -> Severity.CRITICAL;
                            default ->
                                    throw new IllegalArgumentException(
                                            "a route is warning or critical");
                        };
                routes.put(severity, existing(names(route.getValue()), channels));
            } catch (IllegalArgumentException e) {
                trouble("routes", e);
            }
        }
        return routes;
    }

    private static Escalation escalation(JsonNode node, List<String> channels) {
        known(node, Set.of("after", "channels"));
        return new Escalation(
                duration(text(node, "after")), existing(names(node.path("channels")), channels));
    }

    private static QuietHours quiet(JsonNode node) {
        known(node, Set.of("from", "until", "zone"));
        var zone = optional(node, "zone");
        return new QuietHours(
                LocalTime.parse(text(node, "from")),
                LocalTime.parse(text(node, "until")),
                zone == null ? ZoneId.systemDefault() : ZoneId.of(zone));
    }

    /// `15m`, `1h`.
    private static Duration duration(String text) {
        if (!text.matches("\\d{1,6}[smhSMH]")) {
            throw new IllegalArgumentException("a time is a number and s, m or h: 15m");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private static List<String> existing(List<String> names, List<String> channels) {
        names.forEach(
                name -> {
                    if (!channels.contains(name)) {
                        throw new IllegalArgumentException("there is no channel " + name);
                    }
                });
        return names;
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        if (node.isTextual()) {
            names.add(node.asText());
        }
        node.elements().forEachRemaining(n -> names.add(n.asText()));
        return names;
    }

    private static URI address(JsonNode e, String key, String usual) {
        return NotificationChannel.address(e.has(key) ? text(e, key) : usual);
    }

    private static void only(JsonNode entry, String... keys) {
        var all = new ArrayList<>(List.of(keys));
        all.add("name");
        all.add("kind");
        known(entry, Set.copyOf(all));
    }

    private static void known(JsonNode entry, Set<String> keys) {
        entry.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!keys.contains(name)) {
                                throw new IllegalArgumentException(
                                        "%s is not known here; known are %s, and secrets are only"
                                                        .formatted(
                                                                name,
                                                                keys.stream().sorted().toList())
                                                + " named, by …_secret");
                            }
                        });
    }

    private void known(String what, JsonNode entry, Set<String> keys) {
        try {
            known(entry, keys);
        } catch (IllegalArgumentException e) {
            trouble(what, e);
        }
    }

    private void trouble(String what, RuntimeException e) {
        troubles.add("%s, %s: %s".formatted(file, what, e.getMessage()));
    }

    private static String text(JsonNode entry, String key) {
        var value = optional(entry, key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode entry, String key) {
        var value = entry.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }
}
