package io.lakebaseops.postgres;

import io.lakebaseops.domain.plan.LockLevel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Samples the locks that another session takes while its statement runs. Looks again and again, so
/// a lock held for less than a look or two may be missed.
final class LockSampler implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LockSampler.class);
    private static final SqlName LOCKS = SqlName.of("trial/locks_of_backend");

    /// Short enough for a build of a few rows, long enough to leave the server its time.
    private static final long PAUSE_MILLIS = 2;

    private final OpenConnection connection;
    private final Consumer<OpenConnection> giveBack;
    private final ParameterizedSql query;
    private final int pid;
    private final Map<Long, LockLevel> seen = new HashMap<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    LockSampler(
            OpenConnection connection,
            Consumer<OpenConnection> giveBack,
            SqlLibrary sql,
            OpenConnection watched) {
        this.connection = connection;
        this.giveBack = giveBack;
        this.query = ParameterizedSql.of(SqlLibrary.sent(sql.file(LOCKS, 0), Map.of()));
        this.pid = watched.start.pid();
    }

    @Override
    public void run() {
        try (var statement = connection.physical.prepareStatement(query.jdbc())) {
            statement.setQueryTimeout(5);
            do {
                PgLiterals.bind(statement, 1, "int4", pid);
                try (var result = statement.executeQuery()) {
                    for (var row : RowReader.rows(result).list()) {
                        seen.merge(
                                StatementTracer.oid(row),
                                StatementTracer.strongest(row.get("modes")),
                                (a, b) -> a.compareTo(b) >= 0 ? a : b);
                    }
                }
            } while (!enough.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (SQLException e) {
            LOG.warn("Locks could not be watched: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            giveBack.accept(connection);
            ended.countDown();
        }
    }

    /// Stops looking; what was seen until then.
    Map<Long, LockLevel> end() {
        enough.countDown();
        try {
            return ended.await(10, TimeUnit.SECONDS) ? Map.copyOf(seen) : Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }
}
