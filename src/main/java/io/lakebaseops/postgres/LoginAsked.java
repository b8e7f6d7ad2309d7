package io.lakebaseops.postgres;

import java.util.List;

/// The login that a test of a connection tries, as far as it may be spoken of.
///
/// @param passwordFrom where the password came from: `typed here`, `~/.pgpass, line 1`; empty where
///     there is none
/// @param others further logins for the same server that are known here, in words
public record LoginAsked(
        String host,
        int port,
        String database,
        String user,
        String sslMode,
        String passwordFrom,
        List<String> others) {
    public LoginAsked {
        others = List.copyOf(others);
    }

    /// `host`, or `host:port` where the port is not the usual one.
    String place() {
        return port == 5432 ? host : host + ":" + port;
    }
}
