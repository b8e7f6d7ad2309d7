package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;

import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A watch over one running statement: cancels it at its limit, at the deadline or on cancel; if
/// that brings no answer within the patience, closes the socket under it. So the thread comes free
/// also when the server does not answer.
final class StatementWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatementWatch.class);

    private final Connection connection;
    private final Deadline deadline;
    private final Duration most;
    private final Duration patience;
    private final Executor background;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Deadline.Registration registration;
    private volatile boolean intervened;

    /// @param connection the physical one
    /// @param most how long the statement may take, within the deadline
    StatementWatch(
            Connection connection,
            Deadline deadline,
            Duration most,
            Duration patience,
            Executor background) {
        this.connection = connection;
        this.deadline = deadline;
        this.most = most;
        this.patience = patience;
        this.background = background;
        this.registration = deadline.onCancel(wake::release);
        background.execute(this::watch);
    }

    private void watch() {
        try {
            var left = deadline.remaining();
            var time = most.compareTo(left) < 0 ? most : left;
            boolean woken = wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
            if (woken && finished.getCount() == 0) {
                return;
            }
            intervened = true;
            // On its own thread: asking a frozen server to cancel can itself take forever.
            background.execute(this::cancel);
            if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("No answer {} after the cancel request: closing the socket", patience);
                connection.abort(background);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("Could not close the socket: {}", e.getMessage());
        }
    }

    private void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.debug("Cancel request failed: {}", e.getMessage());
        }
    }

    /// True if a cancel request went out: the connection must not be used again, the request may
    /// arrive late and hit the next statement.
    boolean intervened() {
        return intervened;
    }

    @Override
    public void close() {
        finished.countDown();
        wake.release();
        registration.close();
    }
}
