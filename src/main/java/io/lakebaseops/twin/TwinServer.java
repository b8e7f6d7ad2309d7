package io.lakebaseops.twin;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// A PostgreSQL 17 for the twin's use alone, whose files may be worked on while it is down. Gone
/// with all of them when it is closed. Its `wal_level` is not `minimal`: there the commit of a new
/// index reads its pages into memory, and what is written into its file afterwards is not seen.
public interface TwinServer extends AutoCloseable {
    /// Starts one.
    @FunctionalInterface
    interface Host {
        TwinServer start();
    }

    /// @see #offline
    @FunctionalInterface
    interface FileWork {
        void on(Path data) throws IOException;
    }

    Path data();

    String superuser();

    /// @param simple in the simple protocol, where `$1` is left alone
    Connection connect(String database, String user, boolean simple) throws SQLException;

    /// Stops it cleanly, lets somebody work on its files, and starts it again.
    void offline(FileWork work) throws IOException;

    @Override
    void close();
}
