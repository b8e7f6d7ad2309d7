package io.lakebaseops.config;

import io.lakebaseops.domain.Loopback;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// One way to reach people. Tokens, keys and webhook URLs are secrets: a channel only names them,
/// they are in the [SecretStore].
public sealed interface NotificationChannel {
    String name();

    /// A Slack incoming webhook: its URL is the secret.
    record SlackWebhook(String name, String urlSecret) implements NotificationChannel {
        public SlackWebhook {
            checkName(name);
        }
    }

    /// A Slack app with the scope `chat:write`; it can change and continue what it wrote.
    ///
    /// @param channel `#dba`, or the id of a channel
    /// @param api address of the Web API, another one for GovSlack
    record SlackApp(String name, String tokenSecret, String channel, URI api)
            implements NotificationChannel {
        public static final String API = "https://slack.com/api";

        public SlackApp {
            checkName(name);
            checkAddress(api);
        }
    }

    /// PagerDuty Events API v2.
    ///
    /// @param keySecret names the integration key
    /// @param api address of the events API, another one in the EU region
    record PagerDuty(String name, String keySecret, URI api) implements NotificationChannel {
        public static final String API = "https://events.pagerduty.com/v2/enqueue";

        public PagerDuty {
            checkName(name);
            checkAddress(api);
        }
    }

    /// Mail by SMTP.
    ///
    /// @param tls how the connection is encrypted; `NONE` only to this machine
    /// @param user null where the server asks for no login
    record Mail(
            String name,
            String host,
            int port,
            Tls tls,
            @Nullable String user,
            @Nullable String passwordSecret,
            String from,
            List<String> to)
            implements NotificationChannel {
        public enum Tls {
            STARTTLS,
            IMPLICIT,
            NONE
        }

        public Mail {
            checkName(name);
            to = List.copyOf(to);
            if (to.isEmpty()) {
                throw new IllegalArgumentException("to is missing");
            }
            if (tls == Tls.NONE && !Loopback.host(host)) {
                throw new IllegalArgumentException(
                        "Mail must not travel unencrypted: tls is starttls or implicit for "
                                + host);
            }
            if ((user == null) != (passwordSecret == null)) {
                throw new IllegalArgumentException("user and password_secret belong together");
            }
        }
    }

    /// A Microsoft Teams workflow ("when a webhook request is received"): its URL is the secret.
    record Teams(String name, String urlSecret) implements NotificationChannel {
        public Teams {
            checkName(name);
        }
    }

    /// JSON to a server of one's own, signed with HMAC-SHA256.
    ///
    /// @param keySecret names the key of the signature
    record Webhook(String name, URI url, String keySecret) implements NotificationChannel {
        public Webhook {
            checkName(name);
            checkAddress(url);
        }
    }

    /// On the screen of whoever has the console open.
    record Desktop(String name) implements NotificationChannel {
        public Desktop {
            checkName(name);
        }
    }

    /// An address to which alerts may be sent: encrypted, or this machine.
    static URI address(String text) {
        try {
            return checkAddress(new URI(text));
        } catch (URISyntaxException e) {
            // Its text may be a secret.
            throw new IllegalArgumentException("Not an address: https://host/path", e);
        }
    }

    private static URI checkAddress(URI uri) {
        var scheme = String.valueOf(uri.getScheme());
        var host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || !scheme.matches("(?i)https?")) {
            throw new IllegalArgumentException("Not an address: https://host/path");
        }
        if (scheme.equalsIgnoreCase("http") && !Loopback.host(host)) {
            throw new IllegalArgumentException(
                    "Alerts must not travel unencrypted: use https for " + host);
        }
        return uri;
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "A channel's name has letters, digits, dot, dash and underscore: " + name);
        }
    }
}
