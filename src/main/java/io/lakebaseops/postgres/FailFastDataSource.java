package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

import javax.sql.DataSource;

/// Where the pool gets its physical connections. The pool would try a refused login again and again
/// until its own timeout; here a final refusal is told to the waiting callers at once and not sent
/// to the server a second time.
final class FailFastDataSource implements DataSource {
    /// Someone waiting for a connection: until when, and how to tell them it will not come.
    record Waiting(Deadline deadline, CompletableFuture<Connection> answer) {}

    private final Connector connector;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong opened = new AtomicLong();
    private volatile @Nullable Exception refusal;
    private volatile long failingSince;

    FailFastDataSource(Connector connector) {
        this.connector = connector;
    }

    Waiting expect(Deadline deadline, CompletableFuture<Connection> answer) {
        refusal = null;
        var one = new Waiting(deadline, answer);
        waiting.add(one);
        return one;
    }

    void forget(Waiting one) {
        waiting.remove(one);
    }

    /// How many were ever opened: a restart of the server shows as a higher number.
    long opened() {
        return opened.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var known = refusal;
        if (known != null) {
            throw new SQLException("Refused a moment ago", "08004", known);
        }
        try {
            var connection = connector.open(latestDeadline());
            failingSince = 0;
            opened.incrementAndGet();
            return connection;
        } catch (SQLException e) {
            long now = System.nanoTime();
            if (failingSince == 0) {
                failingSince = now;
            }
            if (!ConnectRetry.after(e).again(Duration.ofNanos(now - failingSince))) {
                failingSince = 0;
                refuse(e);
            }
            throw e;
        } catch (OpsException e) {
            refuse(e);
            throw new SQLException("No login for the target", "08004", e);
        }
    }

    private Deadline latestDeadline() {
        return waiting.stream()
                .map(Waiting::deadline)
                .max(java.util.Comparator.comparing(Deadline::remaining))
                .orElseGet(() -> Deadline.in(Duration.ofSeconds(1)));
    }

    private void refuse(Exception e) {
        refusal = e;
        waiting.forEach(w -> w.answer().completeExceptionally(e));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("Logins come from the doorkeeper");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        // Seconds the pool waits at its end for a connection attempt still under way.
        return 1;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Logging goes through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> wanted) throws SQLException {
        throw new SQLException("Wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> wanted) {
        return false;
    }
}
