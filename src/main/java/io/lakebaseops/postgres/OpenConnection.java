package io.lakebaseops.postgres;

import org.postgresql.jdbc.PgConnection;

import java.time.Duration;

/// One physical connection with what we know of it. Guarded by the lock of its server.
final class OpenConnection {
    /// Statement timeout a session starts with; shorter limits of a file are kept by our own watch.
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    final Connector connector;
    final PgConnection physical;
    final ConnectionBudget.Use use;
    final SessionStart start;
    final long openedAt = System.nanoTime();
    long idleSince;

    /// Sessions of the same thread on the same database share one connection.
    int sessions = 1;

    Thread owner = Thread.currentThread();
    boolean spoilt;
    private volatile Duration statementTimeout = USUAL_TIMEOUT;

    OpenConnection(
            Connector connector,
            PgConnection physical,
            ConnectionBudget.Use use,
            SessionStart start) {
        this.connector = connector;
        this.physical = physical;
        this.use = use;
        this.start = start;
    }

    /// Is the server's own limit long enough for a statement that may run so long?
    boolean allows(Duration timeout) {
        return timeout.compareTo(statementTimeout) <= 0;
    }

    void timeoutIsNow(Duration timeout) {
        statementTimeout = timeout;
    }
}
