package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;

/// One statement's way to the server and back: bind, watch, read, and say what went wrong.
///
/// @param patience how long a cancelled statement may take to end before its socket is closed
record StatementExecutor(
        PgConnection connection, Deadline deadline, Duration patience, Executor background) {

    /// Gives the value of a marker and its type.
    @FunctionalInterface
    interface Values {
        void bind(PreparedStatement statement, int index, String marker) throws SQLException;
    }

    /// Makes of the result what the caller wants.
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet result) throws SQLException;
    }

    /// What is done on the connection while it is watched.
    @FunctionalInterface
    interface OnConnection<T> {
        T done() throws SQLException;
    }

    /// What came back, and whether the connection may be used again.
    record Answer<T>(T value, boolean reusable) {}

    Rows run(String what, ParameterizedSql sql, Values values) {
        return run(what, sql, deadline.remaining(), values).value();
    }

    /// @param most how long the statement itself may run, within the deadline
    Answer<Rows> run(String what, ParameterizedSql sql, Duration most, Values values) {
        return run(what, sql, most, values, RowReader::rows, Rows.EMPTY);
    }

    /// @param none the answer to a statement without a result
    <T> Answer<T> run(
            String what,
            ParameterizedSql sql,
            Duration most,
            Values values,
            Reader<T> reader,
            T none) {
        return watched(
                what,
                most,
                () -> {
                    try (var statement = bound(sql, values)) {
                        return statement.execute() ? reader.read(statement.getResultSet()) : none;
                    }
                });
    }

    /// How many rows the statement returned or changed.
    long count(String what, ParameterizedSql sql, Values values) {
        return watched(
                        what,
                        deadline.remaining(),
                        () -> {
                            try (var statement = bound(sql, values)) {
                                return statement.execute()
                                        ? RowReader.rows(statement.getResultSet()).size()
                                        : statement.getLargeUpdateCount();
                            }
                        })
                .value();
    }

    private PreparedStatement bound(ParameterizedSql sql, Values values) throws SQLException {
        var statement = connection.prepareStatement(sql.jdbc());
        try {
            for (int i = 0; i < sql.markers().size(); i++) {
                values.bind(statement, i + 1, sql.markers().get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /// Something else than one statement with its values.
    <T> Answer<T> watched(String what, Duration most, OnConnection<T> work) {
        deadline.check(what);
        var watch = new StatementWatch(connection, deadline, most, patience, background);
        try (watch) {
            // Second line of defence, without a thread: the read itself gives up.
            long limit = deadline.remaining().plus(patience).plusSeconds(2).toMillis();
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(limit, Integer.MAX_VALUE));
            T value = work.done();
            return new Answer<>(value, !watch.intervened());
        } catch (SQLException e) {
            throw failure(what, e, watch.intervened(), most);
        }
    }

    private OpsException failure(String what, SQLException e, boolean intervened, Duration most) {
        if (intervened) {
            var stopped = stopped(what, e, most);
            if (stopped != null) {
                return stopped;
            }
        }
        return SqlFailure.of(what, e);
    }

    private @Nullable OpsException stopped(String what, SQLException e, Duration most) {
        var state = SqlFailure.state(e);
        if (!state.equals("57014") && !state.startsWith("08")) {
            return null;
        }
        return deadline.cancelled()
                ? new OpsException(
                        OpsException.Kind.CANCELLED, what, "cancelled", "run it again", e)
                : new OpsException(
                        OpsException.Kind.TIMEOUT,
                        what,
                        !state.equals("57014")
                                ? "the server did not answer before the deadline"
                                : deadline.expired()
                                        ? "was stopped at its deadline"
                                        : "was stopped after the %d ms it may take"
                                                .formatted(most.toMillis()),
                        "check the server's load and the network, or allow more time",
                        e);
    }
}
