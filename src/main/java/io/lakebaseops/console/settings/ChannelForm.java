package io.lakebaseops.console.settings;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationChannel.Mail;
import io.lakebaseops.console.Texts;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A channel as it is typed, and what is wrong with it.
final class ChannelForm {
    enum Kind {
        SLACK(Texts.of("Slack webhook"), Texts.of("Webhook URL")),
        PAGERDUTY(Texts.of("PagerDuty"), Texts.of("Integration key")),
        MAIL(Texts.of("E-mail"), Texts.of("Password")),
        TEAMS(Texts.of("Teams"), Texts.of("Workflow URL")),
        WEBHOOK(Texts.of("Webhook"), Texts.of("Signing key")),
        DESKTOP(Texts.of("Desktop"), "");

        private final String word;
        private final String secret;

        Kind(String word, String secret) {
            this.word = word;
            this.secret = secret;
        }

        String word() {
            return word;
        }

        /// What its secret is called; empty for none.
        String secret() {
            return secret;
        }

        List<Field> fields() {
            return switch (this) {
                case SLACK, TEAMS, PAGERDUTY -> List.of(Field.NAME, Field.SECRET);
                case MAIL ->
                        List.of(
                                Field.NAME,
                                Field.HOST,
                                Field.PORT,
                                Field.FROM,
                                Field.TO,
                                Field.USER,
                                Field.SECRET);
                case WEBHOOK -> List.of(Field.NAME, Field.URL, Field.SECRET);
                case DESKTOP -> List.of(Field.NAME);
            };
        }
    }

    enum Field {
        NAME,
        HOST,
        PORT,
        FROM,
        TO,
        USER,
        URL,
        SECRET
    }

    private final Kind kind;
    private final @Nullable NotificationChannel before;
    private final Map<Field, String> typed = new EnumMap<>(Field.class);

    /// @param before the channel that is changed; null for a new one
    ChannelForm(Kind kind, @Nullable NotificationChannel before) {
        this.kind = kind;
        this.before = before;
        typed.put(Field.PORT, "587");
        switch (before) {
            case null -> {}
            case Mail m -> {
                typed.put(Field.HOST, m.host());
                typed.put(Field.PORT, Integer.toString(m.port()));
                typed.put(Field.FROM, m.from());
                typed.put(Field.TO, String.join(", ", m.to()));
                typed.put(Field.USER, Objects.requireNonNullElse(m.user(), ""));
            }
            case NotificationChannel.Webhook w -> typed.put(Field.URL, w.url().toString());
            case NotificationChannel.SlackWebhook _,
                    NotificationChannel.SlackApp _,
                    NotificationChannel.PagerDuty _,
                    NotificationChannel.Teams _,
                    NotificationChannel.Desktop _ -> {}
        }
        typed.put(Field.NAME, before == null ? "" : before.name());
    }

    /// Null for a kind that is changed in the file alone.
    static @Nullable Kind kind(NotificationChannel channel) {
        return switch (channel) {
            case NotificationChannel.SlackWebhook _ -> Kind.SLACK;
            case NotificationChannel.SlackApp _ -> null;
            case NotificationChannel.PagerDuty _ -> Kind.PAGERDUTY;
            case Mail _ -> Kind.MAIL;
            case NotificationChannel.Teams _ -> Kind.TEAMS;
            case NotificationChannel.Webhook _ -> Kind.WEBHOOK;
            case NotificationChannel.Desktop _ -> Kind.DESKTOP;
        };
    }

    Kind kind() {
        return kind;
    }

    String text(Field field) {
        return typed.getOrDefault(field, "");
    }

    void type(Field field, String text) {
        typed.put(field, text.strip());
    }

    /// @param channel null when something is wrong
    record Checked(@Nullable NotificationChannel channel, Map<Field, String> problems) {}

    /// @param others names that are taken
    Checked check(List<String> others) {
        var problems = new EnumMap<Field, String>(Field.class);
        var name = text(Field.NAME);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            problems.put(Field.NAME, Texts.of("letters, digits, dot, dash and underscore"));
        } else if (others.contains(name)) {
            problems.put(Field.NAME, Texts.of("there is a channel of this name"));
        }
        secret(problems);
        for (var field : kind.fields()) {
            var problem = problem(field);
            if (problem != null) {
                problems.putIfAbsent(field, problem);
            }
        }
        if (!problems.isEmpty()) {
            return new Checked(null, problems);
        }
        try {
            return new Checked(made(name), Map.of());
        } catch (IllegalArgumentException e) {
            // What a field alone does not show, such as mail in plain text to another machine.
            problems.put(
                    kind == Kind.MAIL ? Field.HOST : Field.NAME, String.valueOf(e.getMessage()));
            return new Checked(null, problems);
        }
    }

    private void secret(Map<Field, String> problems) {
        var secret = text(Field.SECRET);
        boolean address = kind == Kind.SLACK || kind == Kind.TEAMS;
        if (secret.isEmpty()) {
            boolean needed = !kind.secret().isEmpty() && kind != Kind.MAIL;
            if (needed && before == null) {
                problems.put(Field.SECRET, Texts.of("is needed"));
            }
        } else if (address) {
            try {
                NotificationChannel.address(secret);
            } catch (IllegalArgumentException e) {
                problems.put(Field.SECRET, String.valueOf(e.getMessage()));
            }
        } else if (kind == Kind.MAIL && text(Field.USER).isEmpty()) {
            problems.put(Field.USER, Texts.of("whose password is it?"));
        }
    }

    private @Nullable String problem(Field field) {
        var text = text(field);
        return switch (field) {
            case HOST ->
                    text.matches("[A-Za-z0-9.:-]{1,253}")
                            ? null
                            : Texts.of("the name of a mail server");
            case PORT -> port(text) > 0 ? null : Texts.of("1 to 65535");
            case FROM -> address(text) ? null : Texts.of("an address, such as ops@example.org");
            case TO ->
                    !to().isEmpty() && to().stream().allMatch(ChannelForm::address)
                            ? null
                            : Texts.of("addresses with commas between them");
            case URL -> {
                try {
                    NotificationChannel.address(text);
                    yield null;
                } catch (IllegalArgumentException e) {
                    yield String.valueOf(e.getMessage());
                }
            }
            case NAME, USER, SECRET -> null;
        };
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535
                ? Integer.parseInt(text)
                : 0;
    }

    private static boolean address(String text) {
        return text.matches("[^@\\s,]+@[^@\\s,]+");
    }

    private List<String> to() {
        return Arrays.stream(text(Field.TO).split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private NotificationChannel made(String name) {
        return switch (kind) {
            case SLACK ->
                    new NotificationChannel.SlackWebhook(
                            name,
                            before instanceof NotificationChannel.SlackWebhook s
                                    ? s.urlSecret()
                                    : secret(name));
            case PAGERDUTY ->
                    before instanceof NotificationChannel.PagerDuty p
                            ? new NotificationChannel.PagerDuty(name, p.keySecret(), p.api())
                            : new NotificationChannel.PagerDuty(
                                    name,
                                    secret(name),
                                    URI.create(NotificationChannel.PagerDuty.API));
            case TEAMS ->
                    new NotificationChannel.Teams(
                            name,
                            before instanceof NotificationChannel.Teams t
                                    ? t.urlSecret()
                                    : secret(name));
            case WEBHOOK ->
                    new NotificationChannel.Webhook(
                            name,
                            NotificationChannel.address(text(Field.URL)),
                            before instanceof NotificationChannel.Webhook w
                                    ? w.keySecret()
                                    : secret(name));
            case DESKTOP -> new NotificationChannel.Desktop(name);
            case MAIL -> mail(name);
        };
    }

    /// Apart from those of connections, which go by the names of their profiles.
    private static String secret(String channel) {
        var name = "channel-" + channel;
        return name.length() <= 63 ? name : name.substring(0, 63);
    }

    /// By its port; what a file says otherwise stays.
    private Mail mail(String name) {
        var host = text(Field.HOST);
        var user = text(Field.USER).isEmpty() ? null : text(Field.USER);
        int port = port(text(Field.PORT));
        var tls =
                before instanceof Mail m && m.port() == port && m.host().equals(host)
                        ? m.tls()
                        : port == 465
                                ? Mail.Tls.IMPLICIT
                                : io.lakebaseops.domain.Loopback.host(host) && user == null
                                        ? Mail.Tls.NONE
                                        : Mail.Tls.STARTTLS;
        var secret =
                user == null
                        ? null
                        : before instanceof Mail m && m.passwordSecret() != null
                                ? m.passwordSecret()
                                : secret(name);
        return new Mail(name, host, port, tls, user, secret, text(Field.FROM), to());
    }
}
