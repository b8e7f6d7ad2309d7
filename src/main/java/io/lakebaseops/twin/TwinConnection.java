package io.lakebaseops.twin;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.NamedStatement;
import io.lakebaseops.postgres.RecordMapper;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// One session on the twin's own server.
final class TwinConnection implements AutoCloseable {
    private static final String WHAT = "Planning in the twin";

    private final Connection connection;

    private TwinConnection(Connection connection) {
        this.connection = connection;
    }

    /// As the superuser, for the catalogs; nothing that the watched database brought along is run.
    static TwinConnection admin(TwinServer server, String database) {
        return open(server, database, server.superuser(), false);
    }

    /// As the owner of what was taken along, who has no rights beyond.
    static TwinConnection owner(TwinServer server, String database, String login) {
        return open(server, database, login, true);
    }

    private static TwinConnection open(
            TwinServer server, String database, String user, boolean simple) {
        try {
            var session = new TwinConnection(server.connect(database, user, simple));
            session.execute("SET statement_timeout = '30s'");
            return session;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /// The only value of the first row.
    @Nullable String value(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (var rows = statement.executeQuery(sql)) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    <R extends Record> List<R> query(SqlName name, Map<String, ?> params, Class<R> row) {
        var named = NamedStatement.read(name);
        try (var statement = connection.prepareStatement(named.jdbc())) {
            named.bind(statement, params);
            try (var rows = statement.executeQuery()) {
                return RecordMapper.of(row, TwinConnection::unknown).all(name, rows);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    void update(SqlName name, Map<String, ?> params) throws SQLException {
        var named = NamedStatement.read(name);
        try (var statement = connection.prepareStatement(named.jdbc())) {
            named.bind(statement, params);
            statement.execute();
        }
    }

    private static Object unknown(String text, Class<?> wanted) {
        throw new IllegalArgumentException("holds text, wanted " + wanted.getName());
    }

    static OpsException failed(Exception e) {
        return new OpsException(
                OpsException.Kind.INTERNAL,
                WHAT,
                String.valueOf(e.getMessage()),
                "delete the twin and try again",
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
