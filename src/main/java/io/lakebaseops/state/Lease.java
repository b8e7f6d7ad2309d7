package io.lakebaseops.state;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.NamedStatement;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// A turn that one process has at a time: a session-level advisory lock on a connection of its own:
/// given back when closed, and by the server itself when the process that holds it dies.
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int PROBE_SECONDS = 2;

    private final Connection connection;
    private final String name;

    private Lease(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /// Keeps the connection only when the lock was free.
    static Optional<Lease> tryTake(Connection connection, String name) throws SQLException {
        boolean taken = false;
        var sql = NamedStatement.read(StateSql.LEASE_TRY);
        try (var statement = connection.prepareStatement(sql.jdbc())) {
            sql.bind(statement, Map.of("name", name));
            try (var row = statement.executeQuery()) {
                taken = row.next() && row.getBoolean(1);
            }
            return taken ? Optional.of(new Lease(connection, name)) : Optional.empty();
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    /// False once the connection that held the turn is gone: somebody else may have it then.
    public boolean held() {
        try {
            return connection.isValid(PROBE_SECONDS);
        } catch (SQLException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL, "Check the turn " + name, e.toString(), "", e);
        }
    }

    @Override
    public void close() {
        // The server notices the end of a session only after we have gone on, and whoever asks for
        // the turn until then would be refused.
        try (connection;
                var statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, PROBE_SECONDS * 1000);
            statement.execute(NamedStatement.read(StateSql.LEASE_RELEASE).jdbc());
        } catch (SQLException e) {
            // The server drops the lock with the session, whichever end noticed first.
            LOG.warn("Turn {} was not closed cleanly: {}", name, e.getMessage());
        }
    }
}
