package io.lakebaseops.local.warehouse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One statement from its submission until its result expires.
final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private final String id;
    private final StatementRequest request;
    private final Path results;
    private final Clock clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private State state = State.PENDING;
    private @Nullable SqlFailure failure;
    private @Nullable PreparedStatement running;
    private @Nullable List<ResultColumn> columns;
    private @Nullable ResultChunks chunks;
    private boolean truncated;
    private @Nullable Instant endedAt;

    enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        CLOSED
    }

    /// A moment of it, consistent in itself.
    record View(
            String id,
            State state,
            @Nullable SqlFailure failure,
            @Nullable List<ResultColumn> columns,
            @Nullable ResultChunks chunks,
            boolean truncated) {}

    /// @param clock decides when its result expires
    Execution(String id, StatementRequest request, Path results, Clock clock) {
        this.clock = clock;
        this.id = id;
        this.request = request;
        this.results = results;
    }

    StatementRequest request() {
        return request;
    }

    synchronized View view() {
        return new View(id, state, failure, columns, chunks, truncated);
    }

    /// Whether it ended within the time.
    boolean await(Duration patience) {
        try {
            return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Runs it; a failure is part of its state.
    void run(WarehouseEngine engine) {
        if (!begin()) {
            return;
        }
        try {
            engine.run(request, this::running, new Rows());
            rows().end();
            end(State.SUCCEEDED, null);
        } catch (SqlFailure e) {
            end(State.FAILED, e);
        } catch (RuntimeException e) { // boundary: the client learns of every failure
            LOG.error("statement {} failed", id, e);
            end(
                    State.FAILED,
                    new SqlFailure("INTERNAL_ERROR", "XX000", "INTERNAL_ERROR", e.toString()));
        }
    }

    private synchronized boolean begin() {
        if (state != State.PENDING) {
            return false;
        }
        state = State.RUNNING;
        return true;
    }

    private synchronized void running(PreparedStatement statement) {
        running = statement;
        if (state == State.CANCELED) {
            stop(statement);
        }
    }

    private synchronized void end(State how, @Nullable SqlFailure why) {
        running = null;
        if (state == State.RUNNING) {
            state = how;
            failure = why;
        }
        if (state != State.SUCCEEDED && chunks != null) {
            chunks.delete();
            chunks = null;
        }
        endedAt = clock.instant();
        ended.countDown();
    }

    /// An ended one stays as it ended.
    synchronized void cancel() {
        if (state == State.PENDING || state == State.RUNNING) {
            state = State.CANCELED;
            if (running != null) {
                stop(running);
            }
            endedAt = clock.instant();
            ended.countDown();
        }
    }

    private void stop(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.warn("statement {} could not be cancelled", id, e);
        }
    }

    /// Drops the result of one that ended before this moment.
    synchronized void expire(Instant before) {
        if (endedAt != null && endedAt.isBefore(before) && state != State.CLOSED) {
            state = State.CLOSED;
            if (chunks != null) {
                chunks.delete();
                chunks = null;
            }
        }
    }

    private synchronized ResultChunks rows() {
        return Objects.requireNonNull(chunks, "a query gives columns before rows");
    }

    private final class Rows implements WarehouseEngine.Sink {
        private long kept;

        @Override
        public void columns(List<ResultColumn> given) {
            synchronized (Execution.this) {
                columns = List.copyOf(given);
                chunks = new ResultChunks(results, request.format(), given);
            }
        }

        @Override
        public boolean row(List<@Nullable String> cells) {
            ResultChunks rows = rows();
            if (kept >= request.rowLimit() || rows.byteCount() >= request.byteLimit()) {
                synchronized (Execution.this) {
                    truncated = true;
                }
                return false;
            }
            rows.add(cells);
            kept++;
            long most = request.external() ? StatementRequest.EXTERNAL : StatementRequest.INLINE;
            if (rows.byteCount() > most) {
                throw tooLarge(most);
            }
            return true;
        }

        private SqlFailure tooLarge(long most) {
            return new SqlFailure(
                    "BAD_REQUEST",
                    "54000",
                    "RESULT_TOO_LARGE",
                    request.external()
                            ? "A result of Local Lakebase has at most " + most + " bytes."
                            : ("Inline byte limit exceeded. Statements executed with"
                                    + " disposition=INLINE can have a result size of at most "
                                    + most
                                    + " bytes. Please execute the statement with"
                                    + " disposition=EXTERNAL_LINKS."));
        }
    }
}
