package io.lakebaseops.gameday;

import org.postgresql.copy.CopyDual;
import org.postgresql.core.BaseConnection;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;

/// The sending side of a hot standby: streams WAL to nowhere and tells the primary which row
/// versions its queries still need (manual 53.4, hot standby feedback).
public final class StandbyFeedback implements AutoCloseable {
    private final BaseConnection connection;
    private final CopyDual stream;

    private StandbyFeedback(BaseConnection connection, CopyDual stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /// @param replication in the replication protocol; closed with this
    /// @param slot empty for a standby without one
    /// @param from position in the log, like `0/1A2B3C`
    public static StandbyFeedback over(Connection replication, String slot, String from)
            throws SQLException {
        var connection = replication.unwrap(BaseConnection.class);
        var named = slot.isEmpty() ? "" : "SLOT " + slot + " ";
        var stream =
                (CopyDual)
                        connection
                                .getQueryExecutor()
                                .startCopy("START_REPLICATION " + named + "PHYSICAL " + from, true);
        return new StandbyFeedback(connection, stream);
    }

    /// As if a query with this snapshot ran there from now on.
    public void hold(long xid) throws SQLException {
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
