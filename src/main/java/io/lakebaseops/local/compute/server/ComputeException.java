package io.lakebaseops.local.compute.server;

import org.jspecify.annotations.Nullable;

import java.io.Serial;
import java.sql.SQLException;

/// What failed in the machine room, in words a person can act on.
public final class ComputeException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final @Nullable String sqlState;

    public ComputeException(String message) {
        super(message);
        this.sqlState = null;
    }

    public ComputeException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
        this.sqlState = cause instanceof SQLException sql ? sql.getSQLState() : null;
    }

    /// The server's SQLSTATE when PostgreSQL refused (`42710` role exists, `42P04` database exists
    /// …).
    public @Nullable String sqlState() {
        return sqlState;
    }
}
