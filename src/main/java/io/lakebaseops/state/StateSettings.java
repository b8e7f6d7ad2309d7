package io.lakebaseops.state;

import io.lakebaseops.domain.Loopback;
import io.lakebaseops.domain.OpsException;

import org.postgresql.Driver;
import org.postgresql.PGProperty;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// Address, login and timeouts of the state database.
///
/// @param url a JDBC URL; the embedded server's, or one a team shares
/// @param poolSize connections kept at most; turns (`Lease`) take one more each
public record StateSettings(
        String url,
        String user,
        String password,
        int poolSize,
        Duration connectTimeout,
        Duration statementTimeout) {
    private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");

    public StateSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "The state database is a PostgreSQL: jdbc:postgresql://…");
        }
        tls(url);
        if (poolSize < 1) {
            throw new IllegalArgumentException("A pool needs at least one connection");
        }
    }

    /// 8 connections, 5 s to connect, 15 s per statement: every statement of ours touches few rows.
    public static StateSettings of(String url, String user, String password) {
        return new StateSettings(
                url, user, password, 8, Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /// The `sslmode` to add: none on this machine or where the URL names one. Whoever reads along
    /// would see the login, and could decide plans.
    ///
    /// @throws OpsException if the URL asks for a connection that may be in plain text
    Optional<String> tls() {
        return tls(url);
    }

    private static Optional<String> tls(String url) {
        var parts = Driver.parseURL(url, new Properties());
        if (parts == null) {
            throw insecure("its URL cannot be read");
        }
        var hosts = parts.getProperty(PGProperty.PG_HOST.getName(), "localhost").split(",", -1);
        if (Arrays.stream(hosts).allMatch(Loopback::host)) {
            return Optional.empty();
        }
        var mode = parts.getProperty("sslmode");
        boolean ssl = Boolean.parseBoolean(parts.getProperty("ssl", "false"));
        if (mode == null) {
            return ssl ? Optional.empty() : Optional.of("require");
        }
        if (!ENCRYPTED.contains(mode.toLowerCase(Locale.ROOT))) {
            throw insecure("sslmode=" + mode + " lets the connection be in plain text");
        }
        return Optional.empty();
    }

    private static OpsException insecure(String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Use the state database",
                why,
                "write sslmode=verify-full (with sslrootcert) or require into LAKEBASEOPS_STATE_URL");
    }

    @Override
    public String toString() {
        return "StateSettings[url=" + url + ", user=" + user + "]";
    }
}
