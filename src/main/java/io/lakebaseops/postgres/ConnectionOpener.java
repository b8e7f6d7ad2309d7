package io.lakebaseops.postgres;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/// Opens physical connections in the background, so that a caller is free again at its deadline or
/// on cancel whatever the network does; tries again only before anything was sent, and never after
/// the server said no.
final class ConnectionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionOpener.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SqlLibrary sql;
    private final Executor background;
    private final ConnectionHistory history;
    private final WakeListener wakes;

    ConnectionOpener(
            SqlLibrary sql, Executor background, ConnectionHistory history, WakeListener wakes) {
        this.sql = sql;
        this.background = background;
        this.history = history;
        this.wakes = wakes;
    }

    /// @param unused runs once if no connection comes of it, when nothing of the attempt is left
    OpenConnection open(
            Connector connector,
            ConnectionBudget.Use use,
            Deadline deadline,
            String what,
            Runnable unused) {
        try {
            history.check(connector, deadline, what);
        } catch (OpsException e) {
            unused.run();
            throw e;
        }
        var answer = new CompletableFuture<OpenConnection>();
        long began = System.nanoTime();
        background.execute(() -> ask(connector, use, deadline, what, answer, unused));
        try (var _ = deadline.onCancel(() -> answer.cancel(false))) {
            return got(connector, answer.get(deadline.remaining().toMillis(), MILLISECONDS));
        } catch (ExecutionException e) {
            var waited = Duration.ofNanos(System.nanoTime() - began);
            throw history.failed(connector, failure(what, e.getCause()), waited);
        } catch (CancellationException e) {
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "cancelled", "run it again", e);
        } catch (TimeoutException e) {
            if (arrived(answer)) {
                return got(connector, answer.join());
            }
            var why =
                    new OpsException(
                            OpsException.Kind.TIMEOUT,
                            what,
                            "no answer from the server before the deadline",
                            "check host and port, and whether a firewall drops the packets",
                            e);
            throw history.failed(connector, why, Duration.ofNanos(System.nanoTime() - began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (arrived(answer)) {
                return got(connector, answer.join());
            }
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
        }
    }

    /// Stops waiting; true if the connection came in the same moment.
    private static boolean arrived(CompletableFuture<OpenConnection> answer) {
        return !answer.cancel(false) && !answer.isCompletedExceptionally();
    }

    private OpenConnection got(Connector connector, OpenConnection opened) {
        opened.owner = Thread.currentThread();
        history.reached(connector, opened.start);
        return opened;
    }

    private void ask(
            Connector connector,
            ConnectionBudget.Use use,
            Deadline deadline,
            String what,
            CompletableFuture<OpenConnection> answer,
            Runnable unused) {
        boolean used = false;
        try {
            var opened = tried(connector, use, deadline, what, answer);
            used = answer.complete(opened);
            if (!used) {
                SynchronousCloseSocketFactory.<SQLException>waiting(opened.physical::close);
            }
        } catch (SQLException | OpsException e) {
            if (!answer.completeExceptionally(e)) {
                LOG.debug("{}: {}, and nobody waits any more", what, e.getMessage());
            }
        } finally {
            if (!used) {
                unused.run();
            }
        }
    }

    /// As listed last. Who cannot tell says no: connecting must not depend on it.
    private static boolean asleep(Connector connector, Deadline deadline) {
        try {
            return !connector.door().awake(connector.target(), deadline);
        } catch (OpsException e) {
            LOG.debug("Whether {} sleeps is unknown: {}", connector.target(), e.getMessage());
            return false;
        }
    }

    private OpenConnection tried(
            Connector connector,
            ConnectionBudget.Use use,
            Deadline deadline,
            String what,
            CompletableFuture<OpenConnection> answer)
            throws SQLException {
        boolean asleep = asleep(connector, deadline);
        long start = System.nanoTime();
        long pause = 20;
        while (true) {
            deadline.check(what);
            try {
                var opened = started(connector, use, deadline, what);
                if (asleep) {
                    wakes.woke(connector.target(), Duration.ofNanos(System.nanoTime() - start));
                }
                return opened;
            } catch (SQLException e) {
                var failingFor = Duration.ofNanos(System.nanoTime() - start);
                if (answer.isDone() || !ConnectRetry.after(e).again(failingFor)) {
                    throw e;
                }
                LOG.debug("{}: {}, again in {} ms", what, e.getMessage(), pause);
            }
            deadline.pause(what, Duration.ofMillis(pause));
            pause = Math.min(pause * 2, 1000);
        }
    }

    private OpenConnection started(
            Connector connector, ConnectionBudget.Use use, Deadline deadline, String what)
            throws SQLException {
        var physical = connector.open(deadline);
        boolean good = false;
        try {
            var start = slots(physical, deadline, what);
            good = true;
            return new OpenConnection(connector, physical, use, start);
        } catch (OpsException e) {
            // Lost in its first moment: as good as never opened.
            if (e.kind() == OpsException.Kind.UNREACHABLE
                    && e.getCause() instanceof SQLException lost) {
                throw lost;
            }
            throw e;
        } finally {
            if (!good) {
                SynchronousCloseSocketFactory.<SQLException>waiting(physical::close);
            }
        }
    }

    SessionStart slots(OpenConnection open) throws SQLException {
        try {
            return slots(open.physical, Deadline.in(Duration.ofSeconds(2)), "Counting free slots");
        } catch (OpsException e) {
            throw e.getCause() instanceof SQLException s ? s : new SQLException(e);
        }
    }

    private SessionStart slots(PgConnection physical, Deadline deadline, String what) {
        var text = SqlLibrary.sent(sql.file(SessionStart.QUERY, 0), Map.of());
        var wire = new StatementExecutor(physical, deadline, PATIENCE, background);
        var rows = wire.run(what, ParameterizedSql.of(text), (_, _, _) -> {});
        return RecordMapper.of(SessionStart.class).all(SessionStart.QUERY, rows).getFirst();
    }

    private static OpsException failure(String what, @Nullable Throwable cause) {
        return switch (cause) {
            case OpsException e ->
                    new OpsException(
                            e.kind(),
                            what,
                            e.what().equals(what) ? e.why() : e.what() + ": " + e.why(),
                            e.remedy(),
                            e);
            case SQLException e -> SqlFailure.of(what, e);
            case null, default ->
                    new OpsException(
                            OpsException.Kind.INTERNAL, what, String.valueOf(cause), "", cause);
        };
    }
}
