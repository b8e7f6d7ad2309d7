package io.lakebaseops.local.warehouse;

import io.lakebaseops.local.warehouse.StatementRequest.Parameter;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The DuckDB behind the warehouse. It reads the tables of `WarehouseTables` and no other file.
final class WarehouseEngine implements AutoCloseable {
    private static final Set<String> TYPES =
            Set.of(
                    "STRING",
                    "DATE",
                    "TIMESTAMP",
                    "INT",
                    "BIGINT",
                    "LONG",
                    "SMALLINT",
                    "FLOAT",
                    "DOUBLE",
                    "BOOLEAN");

    private final WarehouseTables tables;
    private final BooleanSupplier billingVisible;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable DuckDBConnection database;

    /// @param billingVisible whether the caller may read `system.billing`
    WarehouseEngine(WarehouseTables tables, BooleanSupplier billingVisible) {
        this.tables = tables;
        this.billingVisible = billingVisible;
    }

    /// What takes the rows of a result; may say that it has enough.
    interface Sink {
        void columns(List<ResultColumn> columns);

        boolean row(List<@Nullable String> cells);
    }

    /// Runs one query. Its running statement is handed over before, so that it can be cancelled.
    void run(StatementRequest request, Consumer<PreparedStatement> running, Sink sink) {
        SparkSql sql = SparkSql.of(request.statement());
        if (sql.sql().contains(SparkSql.SYSTEM + ".") && !billingVisible.getAsBoolean()) {
            throw SqlFailure.denied("USE SCHEMA on Schema 'system.billing'");
        }
        try (Connection connection = database().duplicate()) {
            tables.refresh(connection, sql);
            use(connection, request);
            try (var statement = connection.prepareStatement(typed(sql, request))) {
                running.accept(statement);
                bind(statement, sql, request);
                try (ResultSet rows = statement.executeQuery()) {
                    read(rows, sink);
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    private static void use(Connection connection, StatementRequest request) throws SQLException {
        String catalog = request.catalog();
        if (catalog == null) {
            return;
        }
        try (var statement = connection.createStatement()) {
            String name = catalog.equals("system") ? SparkSql.SYSTEM : catalog;
            String schema = request.schema() == null ? "main" : request.schema();
            statement.execute("USE " + Sql.name(name) + "." + Sql.name(schema));
        }
    }

    private static void read(ResultSet rows, Sink sink) throws SQLException {
        List<ResultColumn> columns = ResultColumn.of(rows.getMetaData());
        sink.columns(columns);
        boolean more = true;
        while (more && rows.next()) {
            List<@Nullable String> cells = new ArrayList<>(columns.size());
            for (int c = 1; c <= columns.size(); c++) {
                cells.add(CellText.of(rows.getObject(c)));
            }
            more = sink.row(cells);
        }
    }

    /// Each `?` with the type its parameter has.
    private static String typed(SparkSql sql, StatementRequest request) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (String marker : sql.markers()) {
            Parameter parameter = parameter(marker, request);
            int at = unquotedMark(sql.sql(), from);
            out.append(sql.sql(), from, at);
            out.append("CAST(? AS ").append(type(parameter)).append(')');
            from = at + 1;
        }
        return out.append(sql.sql().substring(from)).toString();
    }

    /// The next question mark outside texts and names.
    private static int unquotedMark(String sql, int from) {
        char quote = 0;
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '?') {
                return i;
            }
        }
        throw SqlFailure.syntax("Syntax error: a parameter marker is lost.");
    }

    private static String type(Parameter parameter) {
        String type = parameter.type().toUpperCase(Locale.ROOT);
        if (type.matches("DECIMAL\\(\\d{1,2}, ?\\d{1,2}\\)")) {
            return type;
        }
        if (!TYPES.contains(type)) {
            throw SqlFailure.unsupported("Parameters of type " + type + " are not supported.");
        }
        return switch (type) {
            case "STRING" -> "VARCHAR";
            case "TIMESTAMP" -> "TIMESTAMPTZ";
            case "LONG" -> "BIGINT";
            default -> type;
        };
    }

    private static Parameter parameter(String name, StatementRequest request) {
        return request.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SqlFailure(
                                        "BAD_REQUEST",
                                        "42P02",
                                        "UNBOUND_SQL_PARAMETER",
                                        "Found the unbound parameter: " + name + "."));
    }

    private static void bind(PreparedStatement statement, SparkSql sql, StatementRequest request)
            throws SQLException {
        for (int i = 0; i < sql.markers().size(); i++) {
            statement.setString(i + 1, parameter(sql.markers().get(i), request).value());
        }
    }

    /// Opened by the first query: the native library takes a good part of a second to load.
    private DuckDBConnection database() throws SQLException {
        opening.lock();
        try {
            if (database == null) {
                Properties settings = new Properties();
                settings.setProperty("memory_limit", "512MB");
                settings.setProperty("autoinstall_known_extensions", "false");
                settings.setProperty("temp_directory", "");
                DuckDBConnection fresh =
                        DriverManager.getConnection("jdbc:duckdb:", settings)
                                .unwrap(DuckDBConnection.class);
                tables.create(fresh);
                database = fresh;
            }
            return database;
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            if (database != null) {
                database.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB did not close", e);
        } finally {
            opening.unlock();
        }
    }
}
