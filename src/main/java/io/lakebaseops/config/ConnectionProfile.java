package io.lakebaseops.config;

import io.lakebaseops.domain.Loopback;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The way to a group of databases. Named by people, kept without any secret:
/// passwords and tokens are in the [SecretStore] under the profile's name.
public sealed interface ConnectionProfile {
    /// What the name of the secret for a client certificate's key ends in.
    String KEY_SECRET = ".sslkey";

    /// What the name of the secret ends in that a login in the browser left.
    String LOGIN_SECRET = ".login";

    String name();

    /// The names under which the [SecretStore] may have a secret of this profile.
    default List<String> secrets() {
        return List.of(
                name(), SshTunnel.secretOf(name()), name() + KEY_SECRET, name() + LOGIN_SECRET);
    }

    /// A workspace by host and login: Local Lakebase, or the cloud without a profile.
    ///
    /// @param authority file with the certificate that verifies its endpoints (`sslrootcert`), as a
    ///     Local Lakebase names it when it is ready; null = one that the Java runtime trusts
    record Lakebase(String name, String host, @Nullable Path authority, WorkspaceLogin login)
            implements ConnectionProfile {
        public Lakebase(String name, String host) {
            this(name, host, null, new WorkspaceLogin.Token());
        }

        public Lakebase {
            checkName(name);
            var uri = workspace(host);
            if (uri.getScheme().equalsIgnoreCase("http") && !Loopback.host(uri.getHost())) {
                throw new IllegalArgumentException(
                        "A token must not travel unencrypted: use https for " + uri.getHost());
            }
        }

        /// The address as the client will read it; what it holds besides host and port may be a
        /// secret and is not repeated.
        private static URI workspace(String host) {
            URI uri;
            try {
                uri = new URI(host);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("Not a workspace address: https://host", e);
            }
            if (uri.getRawUserInfo() != null || host.contains("@")) {
                throw new IllegalArgumentException(
                        "The workspace address names a user: give scheme and host alone");
            }
            var path = uri.getRawPath();
            boolean plain =
                    uri.getScheme() != null
                            && (uri.getScheme().equalsIgnoreCase("https")
                                    || uri.getScheme().equalsIgnoreCase("http"))
                            && uri.getHost() != null
                            && (path == null || path.isEmpty() || path.equals("/"))
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            if (!plain) {
                throw new IllegalArgumentException("Not a workspace address: https://host");
            }
            return uri;
        }
    }

    /// A profile of `~/.databrickscfg` with whatever login it names.
    record DatabricksProfile(String name, String profile) implements ConnectionProfile {
        public DatabricksProfile {
            checkName(name);
            checkText("profile", profile);
        }
    }

    /// One PostgreSQL by JDBC URL, libpq URI or libpq's keywords.
    ///
    /// @param user null if the URL names one
    /// @param tunnel null where the server is reached directly
    record Jdbc(String name, String url, @Nullable String user, @Nullable SshTunnel tunnel)
            implements ConnectionProfile {
        public Jdbc(String name, String url, @Nullable String user) {
            this(name, url, user, null);
        }

        public Jdbc {
            checkName(name);
            boolean jdbc = url.startsWith("jdbc:postgresql:");
            boolean uri = url.matches("postgres(ql)?://.*");
            if (!jdbc && !uri && !url.matches("[a-z_]+\\s*=.*")) {
                throw new IllegalArgumentException("Not a PostgreSQL connection string: " + name);
            }
            var parts = url.split("\\?", 2);
            if (jdbc && parts[0].contains("@")) {
                throw new IllegalArgumentException(
                        "The URL of "
                                + name
                                + " names a user before the host: write ?user=…, and put a password"
                                + " into the secret store");
            }
            boolean secret =
                    parts.length > 1 && namesPassword(parts[1])
                            || uri && parts[0].matches("[a-z]+://[^@]*:.*@.*")
                            || !jdbc && !uri && url.matches("(.*\\s)?(ssl)?password\\s*=.*");
            if (secret) {
                throw new IllegalArgumentException(
                        "The URL of " + name + " holds a password: put it into the secret store");
            }
        }
    }

    /// However its name is spelt: the driver decodes it, too.
    private static boolean namesPassword(String query) {
        for (var pair : query.split("&", -1)) {
            String key;
            try {
                key = URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2)[0];
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("The URL holds a broken % sequence", e);
            }
            if (key.toLowerCase(Locale.ROOT).contains("password")) {
                return true;
            }
        }
        return false;
    }

    /// One PostgreSQL by an entry of `pg_service.conf`.
    record Service(String name, String service) implements ConnectionProfile {
        public Service {
            checkName(name);
            checkText("service", service);
        }
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "A profile name has letters, digits, dot, dash and underscore: " + name);
        }
        if (name.matches(".*\\.(ssh|sslkey|login)")) {
            throw new IllegalArgumentException(
                    "A profile name must not end in .ssh, .sslkey or .login: " + name);
        }
    }

    private static void checkText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The " + what + " must not be empty");
        }
    }
}
