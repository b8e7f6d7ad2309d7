package io.lakebaseops.local.compute.server;

import io.lakebaseops.platform.ServerAddress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The room's own session as the cluster's superuser, at the server's own address.
public final class AdminSession implements AutoCloseable {
    private static final String TIMEOUT = "60s";

    private final Connection connection;

    private AdminSession(Connection connection) {
        this.connection = connection;
    }

    public static AdminSession open(ServerAddress address, String database) throws SQLException {
        Connection connection = connect(address, database, "lakebase-control-plane", false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '" + TIMEOUT + "'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new AdminSession(connection);
    }

    /// A plain connection as the superuser, for faults that are injected on purpose.
    ///
    /// @param replication in the replication protocol
    public static Connection connect(
            ServerAddress address, String database, String application, boolean replication)
            throws SQLException {
        Properties properties = login(address);
        properties.setProperty("ApplicationName", application);
        if (replication) {
            properties.setProperty("replication", "true");
            properties.setProperty("assumeMinServerVersion", "17");
            properties.setProperty("preferQueryMode", "simple");
        }
        return DriverManager.getConnection(address.url(database), properties);
    }

    private static Properties login(ServerAddress address) throws SQLException {
        try {
            return address.login(TemplateCluster.SUPERUSER);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), "08001", e);
        }
    }

    /// Reads the current row of a result.
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row.read(result));
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// An identifier as PostgreSQL quotes it, whatever characters it has.
    public static String ident(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new ComputeException("Not a name: an identifier is empty or has a zero byte");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
