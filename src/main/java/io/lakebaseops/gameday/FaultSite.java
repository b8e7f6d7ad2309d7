package io.lakebaseops.gameday;

import java.sql.Connection;
import java.sql.SQLException;

/// The server a scenario is put on: sessions of an application and of the superuser, and what can
/// be done to it from outside. Made for one scenario, thrown away after it.
public interface FaultSite extends AutoCloseable {
    /// As an application connects.
    Connection client() throws SQLException;

    /// As the superuser, past everything that is between clients and the server.
    Connection admin() throws SQLException;

    /// The superuser's session in the replication protocol.
    Connection replication() throws SQLException;

    /// As the superuser of the standby.
    ///
    /// @throws Unavailable when there is none
    Connection standby() throws SQLException;

    /// @throws Unavailable when this system cannot do it
    void control(Control control);

    /// What is no SQL.
    enum Control {
        /// The server is stopped the hard way and started again.
        RESTART,
        /// No login succeeds any more.
        REFUSE_LOGINS,
        /// Nothing passes between clients and server.
        FREEZE,
        /// The disk of the data has no space left.
        FULL_DISK
    }

    /// A fault that cannot be had here, and why.
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String why) {
            super(why);
        }

        public Unavailable(String why, Throwable cause) {
            super(why, cause);
        }
    }

    @Override
    void close();
}
