package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.SecretStore;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sends through the channels of the configuration. Secrets are looked up at each try, so that a
/// new one counts at once, and whatever is said about a failure is searched for them.
final class Channels {
    private final SecretStore secrets;
    private final HttpPost http;
    private final Duration patience;
    private final Supplier<@Nullable Consumer<Message>> screen;

    /// @param screen shows a message on the desktop; null while no window is open
    Channels(
            SecretStore secrets,
            Executor executor,
            Duration patience,
            Supplier<@Nullable Consumer<Message>> screen) {
        this.secrets = secrets;
        this.http = new HttpPost(executor, patience);
        this.patience = patience;
        this.screen = screen;
    }

    /// A secret that is not there, or is no address.
    private static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /// Blocks for a bounded time.
    SendResult send(NotificationChannel config, Message message, @Nullable String earlier) {
        var used = new HashSet<String>();
        try {
            return clean(channel(config, used).send(message, earlier), used);
        } catch (Unusable e) {
            return new SendResult.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // boundary: a channel must not stop the others
            return clean(
                    new SendResult.Later(
                            "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()), null),
                    used);
        }
    }

    Channel of(NotificationChannel config) {
        return channel(config, new HashSet<>());
    }

    /// Why the channel cannot work as it is; empty when nothing is missing.
    String missing(NotificationChannel config) {
        var names =
                switch (config) {
                    case NotificationChannel.SlackWebhook c -> c.urlSecret();
                    case NotificationChannel.SlackApp c -> c.tokenSecret();
                    case NotificationChannel.PagerDuty c -> c.keySecret();
                    case NotificationChannel.Teams c -> c.urlSecret();
                    case NotificationChannel.Webhook c -> c.keySecret();
                    case NotificationChannel.Mail c -> c.passwordSecret();
                    case NotificationChannel.Desktop _ -> null;
                };
        try {
            return names == null || secrets.get(names).isPresent() ? "" : without(names);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Channel channel(NotificationChannel config, Set<String> used) {
        return switch (config) {
            case NotificationChannel.SlackWebhook c ->
                    new SlackWebhookChannel(http, () -> address(c.urlSecret(), used));
            case NotificationChannel.SlackApp c ->
                    new SlackAppChannel(http, c, () -> secret(c.tokenSecret(), used));
            case NotificationChannel.PagerDuty c ->
                    new PagerDutyChannel(http, c, () -> secret(c.keySecret(), used));
            case NotificationChannel.Teams c ->
                    new TeamsChannel(http, () -> address(c.urlSecret(), used));
            case NotificationChannel.Webhook c ->
                    new WebhookChannel(http, c, () -> secret(c.keySecret(), used));
            case NotificationChannel.Mail c -> {
                var password = c.passwordSecret();
                yield new MailChannel(
                        c, () -> password == null ? "" : secret(password, used), patience);
            }
            case NotificationChannel.Desktop _ -> new DesktopChannel(screen);
        };
    }

    private String secret(String name, Set<String> used) {
        String secret;
        try {
            secret = secrets.get(name).orElseThrow(() -> new Unusable(without(name)));
        } catch (IllegalStateException e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        }
        used.add(secret);
        return secret;
    }

    private static String without(String name) {
        return "there is no secret %s: set %s, or put it into the file secrets/%s"
                .formatted(name, SecretStore.variable(name), name);
    }

    private URI address(String name, Set<String> used) {
        var text = secret(name, used).strip();
        try {
            var uri = NotificationChannel.address(text);
            // What an answer may quote of it.
            used.add(new URI(text).getRawPath());
            return uri;
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw new Unusable("the secret " + name + " is not an address: https://host/path");
        }
    }

    private static SendResult clean(SendResult result, Set<String> used) {
        return switch (result) {
            case SendResult.Sent sent -> sent;
            case SendResult.Later(var reason, var after) ->
                    new SendResult.Later(clean(reason, used), after);
            case SendResult.Refused(var reason) -> new SendResult.Refused(clean(reason, used));
        };
    }

    private static String clean(String reason, Set<String> used) {
        var text = reason;
        for (var secret : used) {
            if (secret.length() > 1) {
                text = text.replace(secret, "***");
            }
        }
        return text;
    }
}
