package io.lakebaseops.app;

import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.config.NotificationsFile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.config.ProfileSecrets.Place;
import io.lakebaseops.console.settings.ChannelDesk;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.notify.Notifications.ChannelState;
import io.lakebaseops.notify.SendResult;
import io.lakebaseops.state.Outbox;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The channels of the file, changed and tried. A change is in force at once, and the audit chain
/// tells it; what a test came to is kept for every console.
final class StoredChannels implements ChannelDesk {
    private static final String TEST = "channel.test/";
    private static final String SECRET = "channel.secret/";

    private final NotificationWiring parts;
    private final ProfileSecrets secrets;
    private final Supplier<Settings> settings;
    private final SettingChanges changes;
    private final Clock clock;

    StoredChannels(
            NotificationWiring parts,
            ProfileSecrets secrets,
            Supplier<Settings> settings,
            SettingChanges changes,
            Clock clock) {
        this.parts = parts;
        this.secrets = secrets;
        this.settings = settings;
        this.changes = changes;
        this.clock = clock;
    }

    /// As stored; it begins with its time, so that the newest wins.
    private record Tested(String at, boolean delivered, String reason, long millis) {
        Result result() {
            return new Result(
                    Instant.parse(at), true, delivered, reason, Duration.ofMillis(millis));
        }
    }

    @Override
    public Channels read() {
        var known = parts.channels();
        var states =
                known.channels().stream()
                        .collect(Collectors.toMap(ChannelState::name, Function.identity()));
        var sent =
                parts.outbox().last().stream()
                        .collect(Collectors.toMap(Outbox.Last::channel, Function.identity()));
        var tests = settings.get().startingWith(TEST);
        var set = settings.get().startingWith(SECRET);
        return new Channels(
                known.config().channels().stream()
                        .map(
                                c -> {
                                    var state = states.get(c.name());
                                    return new Line(
                                            c,
                                            state == null ? "" : state.destination(),
                                            from(known.config(), c.name()),
                                            state == null ? "" : state.missing(),
                                            newest(sent.get(c.name()), tests.get(TEST + c.name())),
                                            time(set.get(SECRET + c.name())));
                                })
                        .toList(),
                known.troubles(),
                NotificationsFile.NAME);
    }

    private static @Nullable Severity from(NotificationConfig config, String name) {
        if (config.route(Severity.WARNING).contains(name)) {
            return Severity.WARNING;
        }
        return config.route(Severity.CRITICAL).contains(name) ? Severity.CRITICAL : null;
    }

    private static @Nullable Result newest(Outbox.@Nullable Last sent, @Nullable String test) {
        var tested =
                test == null
                        ? null
                        : StateJson.read(test.substring(test.indexOf('{')), Tested.class).result();
        if (sent == null) {
            return tested;
        }
        var reason = sent.reason();
        var told =
                new Result(
                        sent.at(),
                        false,
                        sent.state() == Outbox.State.SENT,
                        sent.state() == Outbox.State.SENT || reason == null ? "" : reason,
                        null);
        return tested != null && tested.at().isAfter(told.at()) ? tested : told;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    @Override
    public Result test(String name, Actor by) {
        long begun = System.nanoTime();
        var sent = parts.channels().test(name);
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        var reason =
                switch (sent) {
                    case SendResult.Sent _ -> "";
                    case SendResult.Refused(var why) -> why;
                    case SendResult.Later(var why, _) -> why;
                };
        var tested =
                new Tested(
                        clock.instant().toString(),
                        sent instanceof SendResult.Sent,
                        reason,
                        millis);
        settings.get()
                .putNewer(TEST + name, tested.at() + " " + StateJson.write(tested), by.name());
        return tested.result();
    }

    @Override
    public synchronized void save(Draft draft, Actor by) {
        var now = read(draft.replaces());
        var name = draft.channel().name();
        var secret = draft.secret();
        if (secret != null) {
            var place = secrets.hasKeychain() ? Place.KEYCHAIN : Place.FILE;
            secrets.put(secretOf(draft.channel()), secret, place);
            settings.get().putNewer(SECRET + name, clock.instant().toString(), by.name());
        }
        var channels = new ArrayList<>(now.channels());
        int at = index(channels, draft.replaces());
        if (at < 0) {
            channels.add(draft.channel());
        } else {
            channels.set(at, draft.channel());
        }
        var routed = routed(now, draft.replaces(), name, draft.from());
        write(
                new NotificationConfig(
                        channels, routed, renamed(now, draft.replaces(), name), now.quiet()));
        changes.done(
                by,
                List.of(
                        new Change(
                                "Channel " + name,
                                draft.replaces(),
                                secret == null ? "saved" : "saved, with a new secret")));
    }

    @Override
    public synchronized void remove(String name, Actor by) {
        var now = read(name);
        var channels = new ArrayList<>(now.channels());
        var gone = channels.remove(index(channels, name));
        write(
                new NotificationConfig(
                        channels,
                        routed(now, name, null, null),
                        renamed(now, name, null),
                        now.quiet()));
        var secret = secretName(gone);
        if (secret != null && channels.stream().noneMatch(c -> secret.equals(secretName(c)))) {
            secrets.remove(secret);
        }
        changes.done(by, List.of(new Change("Channel " + name, "there", null)));
    }

    @Override
    public synchronized void route(String name, @Nullable Severity from, Actor by) {
        var now = read(name);
        write(
                new NotificationConfig(
                        now.channels(),
                        routed(now, name, name, from),
                        now.escalation(),
                        now.quiet()));
        changes.done(
                by,
                List.of(
                        new Change(
                                "Channel " + name + ": from", word(from(now, name)), word(from))));
    }

    private static String word(@Nullable Severity from) {
        return from == null ? "off" : from.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The file as it is now: another program may have written it.
    private NotificationConfig read(@Nullable String needed) {
        try {
            var content = parts.file().read();
            if (!content.troubles().isEmpty()) {
                throw refused("the file holds entries that cannot be read", null);
            }
            if (needed != null && content.config().channel(needed).isEmpty()) {
                throw refused("there is no channel " + needed + " any more", null);
            }
            return content.config();
        } catch (IOException e) {
            throw refused("the file cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(NotificationConfig config) {
        try {
            parts.file().write(config);
        } catch (IOException e) {
            throw refused("the file cannot be written: " + e.getMessage(), e);
        }
        parts.reread();
    }

    private static OpsException refused(String why, @Nullable IOException cause) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Change the channels",
                why,
                "look at " + NotificationsFile.NAME,
                cause);
    }

    private static int index(List<NotificationChannel> channels, @Nullable String name) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Map<Severity, List<String>> routed(
            NotificationConfig config,
            @Nullable String before,
            @Nullable String name,
            @Nullable Severity from) {
        var routes = new EnumMap<Severity, List<String>>(Severity.class);
        for (var severity : List.of(Severity.WARNING, Severity.CRITICAL)) {
            var names = new ArrayList<>(config.route(severity));
            names.removeIf(n -> n.equals(before) || n.equals(name));
            if (name != null && from != null && from.compareTo(severity) <= 0) {
                names.add(name);
            }
            routes.put(severity, names);
        }
        return routes;
    }

    private static NotificationConfig.@Nullable Escalation renamed(
            NotificationConfig config, @Nullable String before, @Nullable String name) {
        var e = config.escalation();
        if (e == null || before == null || !e.channels().contains(before)) {
            return e;
        }
        var channels = new ArrayList<>(e.channels());
        if (name == null) {
            channels.remove(before);
        } else {
            channels.replaceAll(c -> c.equals(before) ? name : c);
        }
        return channels.isEmpty() ? null : new NotificationConfig.Escalation(e.after(), channels);
    }

    private static String secretOf(NotificationChannel channel) {
        var name = secretName(channel);
        if (name == null) {
            throw refused("this channel has no secret", null);
        }
        return name;
    }

    private static @Nullable String secretName(NotificationChannel channel) {
        return switch (channel) {
            case NotificationChannel.SlackWebhook c -> c.urlSecret();
            case NotificationChannel.SlackApp c -> c.tokenSecret();
            case NotificationChannel.PagerDuty c -> c.keySecret();
            case NotificationChannel.Teams c -> c.urlSecret();
            case NotificationChannel.Webhook c -> c.keySecret();
            case NotificationChannel.Mail c -> c.passwordSecret();
            case NotificationChannel.Desktop _ -> null;
        };
    }
}
