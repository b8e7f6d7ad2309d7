package io.lakebaseops.config;

import org.jspecify.annotations.Nullable;

/// How does the console get to a group of databases? Named by people, kept without any secret:
/// passwords and tokens are in the [SecretStore] under the profile's name.
public sealed interface ConnectionProfile {
    String name();

    /// A workspace by host and token: Local Lakebase, or the cloud without a profile.
    record Lakebase(String name, String host) implements ConnectionProfile {
        public Lakebase {
            checkName(name);
            if (!host.matches("https?://[^/\\s]+/?")) {
                throw new IllegalArgumentException("Not a workspace host: " + host);
            }
            if (host.startsWith("http://")
                    && !host.matches("http://(127\\.|localhost|\\[::1]).*")) {
                throw new IllegalArgumentException(
                        "A token must not travel unencrypted: use https for " + host);
            }
        }
    }

    /// A profile of `~/.databrickscfg` with whatever login it names.
    record DatabricksProfile(String name, String profile) implements ConnectionProfile {
        public DatabricksProfile {
            checkName(name);
            checkText("profile", profile);
        }
    }

    /// One PostgreSQL by JDBC URL.
    ///
    /// @param user null if the URL names one
    record Jdbc(String name, String url, @Nullable String user) implements ConnectionProfile {
        public Jdbc {
            checkName(name);
            if (!url.startsWith("jdbc:postgresql://")) {
                throw new IllegalArgumentException("Not a PostgreSQL JDBC URL: " + name);
            }
            if (url.matches(".*[?&]password=.*")) {
                throw new IllegalArgumentException(
                        "The URL of " + name + " holds a password: put it into the secret store");
            }
        }
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
    }

    private static void checkText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The " + what + " must not be empty");
        }
    }
}
