package io.lakebaseops.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The read connections to one database of one target, and what was learned about it.
final class TargetPool implements AutoCloseable {
    /// Statement timeout a connection starts with; most library files keep it.
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    static final int MOST_CONNECTIONS = 4;

    /// Open sessions keep a compute from being suspended, so idle ones go soon.
    private static final Duration IDLE = Duration.ofSeconds(30);

    /// Below the hour a Lakebase token lives.
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(45);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration ALIVE_CHECK = Duration.ofSeconds(2);

    private final String name;
    private final FailFastDataSource source;
    private final HikariDataSource pool;
    private final ExecutorService background;
    private final ProbeCache probes;
    private final Map<PgConnection, Duration> statementTimeouts =
            Collections.synchronizedMap(new WeakHashMap<>());

    TargetPool(Connector connector, int most, ExecutorService background, Clock clock) {
        this.name = connector.target() + "/" + connector.database();
        this.source = new FailFastDataSource(connector);
        this.background = background;
        this.probes = new ProbeCache(clock);
        var config = new HikariConfig();
        config.setPoolName("pool " + name.replace(':', ' '));
        config.setDataSource(source);
        // Otherwise asked of the first connection; when that one is lost while it is asked,
        // HikariCP
        // remembers -1 and refuses every later connection.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        config.setValidationTimeout(ALIVE_CHECK.toMillis());
        config.setIdleTimeout(IDLE.toMillis());
        config.setMaxLifetime(LONGEST_LIFE.toMillis());
        config.setKeepaliveTime(0);
        this.pool = new HikariDataSource(config);
    }

    ReadConnection take(Deadline deadline) {
        var what = "Connecting to " + name;
        deadline.check(what);
        var answer = new CompletableFuture<Connection>();
        var waiting = source.expect(deadline, answer);
        var asking = background.submit(() -> ask(answer));
        try (var _ = deadline.onCancel(() -> answer.cancel(false))) {
            var pooled = answer.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
            return new ReadConnection(pooled, pooled.unwrap(PgConnection.class));
        } catch (ExecutionException e) {
            throw failure(what, e.getCause());
        } catch (SQLException e) {
            throw SqlFailure.of(what, e);
        } catch (TimeoutException e) {
            throw new OpsException(
                    OpsException.Kind.TIMEOUT,
                    what,
                    "no connection before the deadline",
                    "check that the server answers and has free connections",
                    e);
        } catch (CancellationException e) {
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "cancelled", "run it again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
        } finally {
            source.forget(waiting);
            // Nobody waits any more: free the asking thread, give back what comes too late.
            answer.cancel(false);
            asking.cancel(true);
        }
    }

    private void ask(CompletableFuture<Connection> answer) {
        try {
            var connection = pool.getConnection();
            if (!answer.complete(connection)) {
                connection.close();
            }
        } catch (SQLException e) {
            answer.completeExceptionally(e);
        }
    }

    private static OpsException failure(String what, @Nullable Throwable cause) {
        return switch (cause) {
            case OpsException e ->
                    new OpsException(e.kind(), what, e.what() + ": " + e.why(), e.remedy(), e);
            case SQLException e -> SqlFailure.of(what, e);
            case null, default ->
                    new OpsException(
                            OpsException.Kind.INTERNAL, what, String.valueOf(cause), "", cause);
        };
    }

    /// The probe of this database, taken again after a reconnect or when it is old.
    Probe probe(Supplier<Probe> fresh) {
        return probes.get(source.opened(), fresh);
    }

    String name() {
        return name;
    }

    /// Closing returns it; a spoilt one is thrown away instead.
    final class ReadConnection implements AutoCloseable {
        private final Connection pooled;
        private final PgConnection physical;
        private boolean spoilt;

        private ReadConnection(Connection pooled, PgConnection physical) {
            this.pooled = pooled;
            this.physical = physical;
        }

        PgConnection physical() {
            return physical;
        }

        boolean hasTimeout(Duration timeout) {
            return statementTimeouts.getOrDefault(physical, USUAL_TIMEOUT).equals(timeout);
        }

        void timeoutIsNow(Duration timeout) {
            statementTimeouts.put(physical, timeout);
        }

        void spoilt() {
            spoilt = true;
        }

        @Override
        public void close() {
            try {
                if (spoilt) {
                    pool.evictConnection(pooled);
                }
                pooled.close();
            } catch (SQLException e) {
                throw SqlFailure.of("Returning a connection of " + name, e);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
