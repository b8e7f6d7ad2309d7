package io.lakebaseops.notify;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.config.NotificationsFile;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Lease;
import io.lakebaseops.state.Outbox;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The channels of this installation: listed, tried, and handed to the [Notifier].
public final class Notifications {
    /// For one answer; a page that comes a quarter of a minute late is still in time.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private volatile NotificationsFile.Content content;
    private final Channels channels;
    private final Executor executor;
    private final Clock clock;
    private final AtomicReference<@Nullable Consumer<Message>> screen = new AtomicReference<>();

    public Notifications(
            NotificationsFile.Content content,
            SecretStore secrets,
            Executor executor,
            Clock clock) {
        this(content, secrets, executor, clock, PATIENCE);
    }

    Notifications(
            NotificationsFile.Content content,
            SecretStore secrets,
            Executor executor,
            Clock clock,
            Duration patience) {
        this.content = content;
        this.executor = executor;
        this.clock = clock;
        channels = new Channels(secrets, executor, patience, screen::get);
    }

    /// @param kind as in the file
    /// @param destination without any secret
    /// @param severities that are routed to it
    /// @param escalation true when it is told of what nobody acknowledged
    /// @param missing why it cannot work; empty when nothing is missing
    public record ChannelState(
            String name,
            String kind,
            String destination,
            List<Severity> severities,
            boolean escalation,
            String missing) {
        public ChannelState {
            severities = List.copyOf(severities);
        }
    }

    /// From now on these channels are told.
    public void use(NotificationsFile.Content next) {
        content = next;
    }

    /// As they are configured now.
    public NotificationConfig config() {
        return content.config();
    }

    public List<ChannelState> channels() {
        return config().channels().stream().map(this::state).toList();
    }

    /// What is wrong in the file.
    public List<String> troubles() {
        return content.troubles();
    }

    /// Sends a test message, and takes it back where a channel can.
    public SendResult test(String name) {
        var channel =
                config().channel(name)
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                "Channel " + name,
                                                "there is none of this name",
                                                "`notify list` lists those there are"));
        if (channel instanceof NotificationChannel.Desktop && screen.get() == null) {
            return new SendResult.Refused("only the console shows it, and none is open here");
        }
        var id = UUID.randomUUID();
        var sent =
                channels.send(
                        channel, AlertMessage.test(id, Act.TRIGGER, name, clock.instant()), null);
        if (sent instanceof SendResult.Sent(var receipt)
                && channels.of(channel).takes(Act.ACKNOWLEDGE)) {
            return channels.send(
                    channel, AlertMessage.test(id, Act.RESOLVE, name, clock.instant()), receipt);
        }
        return sent;
    }

    /// From now on messages to the desktop are shown so.
    public void showWith(Consumer<Message> window) {
        screen.set(window);
    }

    /// @param turns the turn to send, if no other console has it
    public Notifier notifier(Alerts alerts, Outbox outbox, Supplier<Optional<Lease>> turns) {
        return new Notifier(this::config, channels, alerts, outbox, turns, executor, clock);
    }

    private ChannelState state(NotificationChannel channel) {
        var name = channel.name();
        var escalation = config().escalation();
        return new ChannelState(
                name,
                kind(channel),
                channels.of(channel).destination(),
                List.of(Severity.WARNING, Severity.CRITICAL).stream()
                        .filter(s -> config().route(s).contains(name))
                        .toList(),
                escalation != null && escalation.channels().contains(name),
                channels.missing(channel));
    }

    private static String kind(NotificationChannel channel) {
        return switch (channel) {
            case NotificationChannel.SlackWebhook _ -> "slack-webhook";
            case NotificationChannel.SlackApp _ -> "slack";
            case NotificationChannel.PagerDuty _ -> "pagerduty";
            case NotificationChannel.Mail _ -> "mail";
            case NotificationChannel.Teams _ -> "teams";
            case NotificationChannel.Webhook _ -> "webhook";
            case NotificationChannel.Desktop _ -> "desktop";
        };
    }
}
