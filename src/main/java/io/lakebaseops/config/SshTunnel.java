package io.lakebaseops.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// The SSH server through which a database is reached. A password or a passphrase of the key is in
/// the [SecretStore] under [#secretOf].
///
/// @param user null for the one that `~/.ssh/config` names, or this user
/// @param key file of the private key; null for those that `ssh` itself would try
public record SshTunnel(String host, int port, @Nullable String user, @Nullable Path key) {
    public static final int USUAL_PORT = 22;

    public SshTunnel {
        if (!host.matches("[\\p{L}\\p{N}._-]+|[0-9a-fA-F:.%]+")) {
            throw new IllegalArgumentException("The host of the SSH tunnel is no host name");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The port of the SSH tunnel is none");
        }
        if (user != null && user.isBlank()) {
            throw new IllegalArgumentException("The user of the SSH tunnel is blank");
        }
    }

    /// @param text `user@host:port`, `host:port` or `host`
    public static SshTunnel of(String text, @Nullable Path key) {
        var t = text.strip();
        int at = t.lastIndexOf('@');
        var user = at < 0 ? null : t.substring(0, at);
        var place = t.substring(at + 1);
        var port = USUAL_PORT;
        if (place.matches("([^:]+|\\[.*]):\\d{1,5}")) {
            int colon = place.lastIndexOf(':');
            port = Integer.parseInt(place.substring(colon + 1));
            place = place.substring(0, colon);
        }
        return new SshTunnel(place.replaceAll("^\\[|]$", ""), port, user, key);
    }

    /// As [#of] reads it.
    public String text() {
        return (user == null ? "" : user + "@")
                + (host.contains(":") ? "[" + host + "]" : host)
                + (port == USUAL_PORT ? "" : ":" + port);
    }

    public static String secretOf(String profile) {
        return profile + ".ssh";
    }
}
