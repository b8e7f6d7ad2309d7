package io.lakebaseops.postgres;

import java.sql.SQLException;

/// The server answered and is older than what this program reads.
final class ServerTooOldException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final String version;

    ServerTooOldException(String version) {
        super("the server is PostgreSQL " + version, "0A000");
        this.version = version;
    }

    String version() {
        return version;
    }
}
