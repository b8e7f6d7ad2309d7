package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One open transaction on the state database: named statements with values bound by name.
public final class Tx {
    private final Connection connection;
    private final SqlTexts texts;
    private final List<Runnable> afterwards = new ArrayList<>();

    Tx(Connection connection, SqlTexts texts) {
        this.connection = connection;
        this.texts = texts;
    }

    public <T> List<T> query(NamedSql sql, Map<String, ?> params, RowReader<T> reader)
            throws SQLException {
        try (var statement = prepare(sql, params);
                var rows = statement.executeQuery()) {
            var result = new ArrayList<T>();
            var row = new Row(rows);
            while (rows.next()) {
                result.add(reader.read(row));
            }
            return result;
        }
    }

    public <T> Optional<T> first(NamedSql sql, Map<String, ?> params, RowReader<T> reader)
            throws SQLException {
        return query(sql, params, reader).stream().findFirst();
    }

    /// Returns how many rows were written.
    public int update(NamedSql sql, Map<String, ?> params) throws SQLException {
        try (var statement = prepare(sql, params)) {
            return statement.executeUpdate();
        }
    }

    /// Runs once the transaction is committed, never when it is rolled back; must not throw, since
    /// what was committed cannot be taken back.
    public void afterCommit(Runnable action) {
        afterwards.add(action);
    }

    void committed() {
        afterwards.forEach(Runnable::run);
    }

    private PreparedStatement prepare(NamedSql sql, Map<String, ?> params) throws SQLException {
        var text = texts.of(sql);
        var statement = connection.prepareStatement(text.jdbc());
        try {
            bind(statement, sql, text.markers(), params);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(
            PreparedStatement statement, NamedSql sql, List<String> markers, Map<String, ?> params)
            throws SQLException {
        for (int i = 0; i < markers.size(); i++) {
            var marker = markers.get(i);
            if (!params.containsKey(marker)) {
                throw new IllegalArgumentException(sql + " needs a value for :" + marker);
            }
            bind(statement, i + 1, params.get(marker));
        }
    }

    /// Instants go as UTC, enums by name, collections as `text[]`; the statement casts the rest.
    ///
    /// One statement for many rows takes a collection per column: a message, a plan and a pass for
    /// all of them.
    private void bind(PreparedStatement statement, int at, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case Instant i -> statement.setObject(at, i.atOffset(ZoneOffset.UTC));
            case Enum<?> e -> statement.setString(at, e.name());
            case Collection<?> c ->
                    statement.setArray(
                            at,
                            connection.createArrayOf(
                                    "text", c.stream().map(Tx::text).toArray(String[]::new)));
            default -> statement.setObject(at, value);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Enum<?> e -> e.name();
            default -> value.toString();
        };
    }

    /// Turns one row into a value.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }
}
