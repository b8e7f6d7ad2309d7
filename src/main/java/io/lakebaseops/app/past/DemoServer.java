package io.lakebaseops.app.past;

import io.lakebaseops.local.demo.DemoShop;
import io.lakebaseops.local.demo.DemoStatements;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the generated past takes from the demo's server, so that what is measured later goes on
/// where it ends: how it identifies the workload's statements, names, sizes and ages.
record DemoServer(
        List<Statement> statements,
        List<Index> indexes,
        long databaseId,
        String database,
        long roleId,
        String role,
        double bytes,
        double transactionAge,
        double multixactAge,
        int maxConnections) {
    DemoServer {
        statements = List.copyOf(statements);
        indexes = List.copyOf(indexes);
    }

    /// @param sql as it is sent, with `$1` for the first value
    record Statement(StatementProfile profile, long queryId, String sql) {
        /// As the history keeps texts.
        String text() {
            return SqlMask.mask(sql);
        }
    }

    /// An index, of a partitioned table with all its parts.
    record Index(String schema, String table, String name, long oid, double bytes) {}

    private static List<Index> indexes(Connection connection) throws SQLException {
        var indexes = new ArrayList<Index>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(DemoStatements.INDEXES)) {
            while (row.next()) {
                indexes.add(
                        new Index(
                                row.getString("schema_name"),
                                row.getString("table_name"),
                                row.getString("index_name"),
                                row.getLong("index_oid"),
                                row.getDouble("bytes")));
            }
        }
        return indexes;
    }

    /// @return null where the shop is not there: then it has no past either
    static @Nullable DemoServer read(Connection connection) throws SQLException {
        if (!DemoShop.isLoaded(connection)) {
            return null;
        }
        var known = DemoStatements.of(connection);
        var statements =
                StatementProfile.ALL.stream()
                        .flatMap(
                                profile ->
                                        known.stream()
                                                .filter(s -> s.name().equals(profile.name()))
                                                .map(
                                                        s ->
                                                                new Statement(
                                                                        profile,
                                                                        s.queryId(),
                                                                        s.text())))
                        .toList();
        var indexes = indexes(connection);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(DemoStatements.SERVER)) {
            row.next();
            return new DemoServer(
                    statements,
                    indexes,
                    row.getLong("database_id"),
                    row.getString("database_name"),
                    row.getLong("role_id"),
                    row.getString("role_name"),
                    row.getDouble("bytes"),
                    row.getDouble("transaction_age"),
                    row.getDouble("multixact_age"),
                    row.getInt("max_connections"));
        }
    }
}
