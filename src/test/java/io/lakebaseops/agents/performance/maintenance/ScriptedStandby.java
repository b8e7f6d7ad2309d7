package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.testing.Pg17;

import org.postgresql.copy.CopyDual;
import org.postgresql.core.BaseConnection;

import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/// The sending side of a hot standby: streams WAL to nowhere and tells the primary which row
/// versions its queries still need (manual 53.4, hot standby feedback).
final class ScriptedStandby implements AutoCloseable {
    private final BaseConnection connection;
    private final CopyDual stream;
    private final Pg17.Database primary;

    private ScriptedStandby(BaseConnection connection, CopyDual stream, Pg17.Database primary) {
        this.connection = connection;
        this.stream = stream;
        this.primary = primary;
    }

    /// @param slot `SLOT NAME `, or empty for a standby without one
    static ScriptedStandby of(Pg17.Database primary, String slot) throws SQLException {
        var login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty("replication", "true");
        login.setProperty("assumeMinServerVersion", "17");
        login.setProperty("preferQueryMode", "simple");
        var connection =
                DriverManager.getConnection(primary.url(), login).unwrap(BaseConnection.class);
        var from = Objects.requireNonNull(primary.scalar("select pg_current_wal_lsn()"));
        var stream =
                (CopyDual)
                        connection
                                .getQueryExecutor()
                                .startCopy("START_REPLICATION " + slot + "PHYSICAL " + from, true);
        return new ScriptedStandby(connection, stream, primary);
    }

    /// As if a query had begun there now.
    void holdHorizon() throws SQLException {
        long xid =
                Long.parseLong(
                        Objects.requireNonNull(
                                primary.scalar("select pg_snapshot_xmin(pg_current_snapshot())")));
        var message = ByteBuffer.allocate(25);
        message.put((byte) 'h').putLong(0).putInt((int) xid).putInt(0).putInt(0).putInt(0);
        stream.writeToCopy(message.array(), 0, message.capacity());
        stream.flushCopy();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
