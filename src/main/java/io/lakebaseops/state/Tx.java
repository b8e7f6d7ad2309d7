package io.lakebaseops.state;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.NamedStatement;
import io.lakebaseops.postgres.RecordMapper;
import io.lakebaseops.postgres.RowReader;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One open transaction on the state database: named statements with values bound by name, rows
/// read into records by [RecordMapper]. Enums are stored by name, other records as JSON.
public final class Tx {
    private final Connection connection;
    private final Function<SqlName, NamedStatement> statements;
    private final List<Runnable> afterwards = new ArrayList<>();

    Tx(Connection connection, Function<SqlName, NamedStatement> statements) {
        this.connection = connection;
        this.statements = statements;
    }

    public Rows rows(SqlName sql, Map<String, ?> params) throws SQLException {
        try (var statement = prepare(sql, params);
                var rows = statement.executeQuery()) {
            return RowReader.rows(rows);
        }
    }

    public <R extends Record> List<R> query(SqlName sql, Map<String, ?> params, Class<R> row)
            throws SQLException {
        try (var statement = prepare(sql, params);
                var rows = statement.executeQuery()) {
            return RecordMapper.of(row, Tx::value).all(sql, rows);
        }
    }

    public static <R extends Record> List<R> read(SqlName sql, Rows rows, Class<R> row) {
        return RecordMapper.of(row, Tx::value).all(sql, rows);
    }

    public <R extends Record> Optional<R> first(SqlName sql, Map<String, ?> params, Class<R> row)
            throws SQLException {
        return query(sql, params, row).stream().findFirst();
    }

    /// What the only column holds, row by row.
    public <T> List<T> column(SqlName sql, Map<String, ?> params, Class<T> type)
            throws SQLException {
        return RecordMapper.column(sql, rows(sql, params), type, Tx::value);
    }

    /// Returns how many rows were written.
    public int update(SqlName sql, Map<String, ?> params) throws SQLException {
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

    private PreparedStatement prepare(SqlName sql, Map<String, ?> params) throws SQLException {
        var named = statements.apply(sql);
        var statement = connection.prepareStatement(named.jdbc());
        try {
            named.bind(statement, stored(params));
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /// One statement for many rows takes a collection per column: a message, a plan and a pass for
    /// all of them.
    private static Map<String, @Nullable Object> stored(Map<String, ?> params) {
        var values = new HashMap<String, @Nullable Object>(params);
        values.replaceAll((_, value) -> stored(value));
        return values;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case Enum<?> e -> e.name();
            case Collection<?> c -> {
                var all = new ArrayList<@Nullable Object>(c.size());
                c.forEach(one -> all.add(stored(one)));
                yield all;
            }
            case null, default -> value;
        };
    }

    private static Object value(String text, Class<?> wanted) {
        if (!wanted.isEnum()) {
            return wanted == TargetId.class && !text.startsWith("{")
                    ? TargetId.ofKey(text)
                    : StateJson.read(text, wanted);
        }
        var name = text.toUpperCase(Locale.ROOT);
        for (var constant : wanted.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("holds " + text + ", no " + wanted.getSimpleName());
    }
}
