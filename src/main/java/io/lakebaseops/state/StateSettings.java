package io.lakebaseops.state;

import java.time.Duration;

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
    public StateSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "The state database is a PostgreSQL: jdbc:postgresql://…");
        }
        if (poolSize < 1) {
            throw new IllegalArgumentException("A pool needs at least one connection");
        }
    }

    /// 8 connections, 5 s to connect, 15 s per statement: every statement of ours touches few rows.
    public static StateSettings of(String url, String user, String password) {
        return new StateSettings(
                url, user, password, 8, Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    @Override
    public String toString() {
        return "StateSettings[url=" + url + ", user=" + user + "]";
    }
}
