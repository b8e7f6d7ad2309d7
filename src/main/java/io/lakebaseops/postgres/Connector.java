package io.lakebaseops.postgres;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;

import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/// Opens one physical connection to one database of a target, with a login fetched just for it.
///
/// @param options server settings the session starts with, so that no round trip is spent on them
record Connector(
        TargetId target, String database, ConnectionProvider door, Map<String, String> options) {
    private static final String READ_ONLY = "default_transaction_read_only";

    /// Statistics views and our own writing must not mix: readers cannot write by mistake, find
    /// only the system catalogs without a qualifier and never wait long for a lock.
    static final Map<String, String> READER =
            Map.of(
                    READ_ONLY,
                    "on",
                    "search_path",
                    "pg_catalog",
                    "statement_timeout",
                    Long.toString(OpenConnection.USUAL_TIMEOUT.toMillis()),
                    "lock_timeout",
                    "1s",
                    "idle_in_transaction_session_timeout",
                    "1min");

    /// Strings mean what our parser takes them for, whatever the server's settings are.
    static final Map<String, String> TYPED =
            Map.of(
                    READ_ONLY,
                    "on",
                    "search_path",
                    "pg_catalog",
                    "statement_timeout",
                    Long.toString(OpenConnection.USUAL_TIMEOUT.toMillis()),
                    "lock_timeout",
                    "1s",
                    "idle_in_transaction_session_timeout",
                    "1min",
                    "standard_conforming_strings",
                    "on");

    static final Map<String, String> WRITER = Map.of("idle_in_transaction_session_timeout", "1min");

    /// Bounds on one try, whatever the caller's deadline says.
    private static final Duration LONGEST_TRY = Duration.ofSeconds(15);

    /// A cancel request goes out on a connection of its own; a frozen server never answers it.
    private static final String CANCEL_SIGNAL_SECONDS = "2";

    /// @throws SQLException if the server or the network refuses
    /// @throws io.lakebaseops.domain.OpsException if no login can be had
    PgConnection open(Deadline deadline) throws SQLException {
        var entry = door.entry(target, deadline);
        var url = "jdbc:postgresql://" + entry.hosts() + "/" + encoded(database);
        try {
            var connection = new Driver().connect(url, properties(entry, deadline));
            if (connection == null) {
                throw new SQLException("Not a PostgreSQL URL: " + url, "08001");
            }
            return checked(connection.unwrap(PgConnection.class), entry);
        } catch (SQLException e) {
            if (SqlFailure.state(e).startsWith("28") || SqlFailure.state(e).startsWith("08")) {
                door.refused(target);
            }
            throw e;
        }
    }

    private PgConnection checked(PgConnection connection, ConnectionProvider.ConnectionInfo entry)
            throws SQLException {
        boolean good = false;
        try {
            if (connection.getMetaData().getDatabaseMajorVersion()
                    < TargetCondition.TooOld.OLDEST) {
                throw new ServerTooOldException(connection.getDBVersionNumber());
            }
            if (readOnlyLater(entry)) {
                connection.setReadOnly(true);
            }
            good = true;
            return connection;
        } finally {
            if (!good) {
                connection.close();
            }
        }
    }

    /// A driver that looks for a primary takes a session that starts read only for a standby's.
    private boolean readOnlyLater(ConnectionProvider.ConnectionInfo entry) {
        return options.containsKey(READ_ONLY) && entry.properties().containsKey("targetServerType");
    }

    private Properties properties(ConnectionProvider.ConnectionInfo entry, Deadline deadline) {
        var p = new Properties();
        p.setProperty("ApplicationName", "lakebaseops");
        p.setProperty("tcpKeepAlive", "true");
        p.setProperty("assumeMinServerVersion", "17");
        p.setProperty("gssEncMode", "disable");
        p.setProperty("socketFactory", SynchronousCloseSocketFactory.class.getName());
        p.setProperty("cancelSignalTimeout", CANCEL_SIGNAL_SECONDS);
        // Details may quote rows; messages without them are enough to act on.
        p.setProperty("logServerErrorDetail", "false");
        p.putAll(entry.properties());
        p.setProperty("user", entry.user());
        // Without one the driver looks into ~/.pgpass.
        if (!entry.password().isEmpty()) {
            p.setProperty("password", entry.password());
        }
        long seconds =
                Math.clamp(
                        deadline.remaining().plusMillis(999).toSeconds(),
                        1,
                        LONGEST_TRY.toSeconds());
        p.setProperty("connectTimeout", Long.toString(seconds));
        p.setProperty("socketTimeout", Long.toString(seconds));
        var settings = new StringBuilder(p.getProperty("options", ""));
        if (options.equals(TYPED)) {
            p.setProperty("maxResultBuffer", TypedSqlSession.MOST_AT_ONCE);
        }
        boolean later = readOnlyLater(entry);
        if (later) {
            p.setProperty("readOnlyMode", "always");
        }
        options.forEach(
                (k, v) -> {
                    if (!later || !k.equals(READ_ONLY)) {
                        settings.append(" -c ").append(k).append('=').append(v);
                    }
                });
        p.setProperty("options", settings.toString().strip());
        return p;
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
