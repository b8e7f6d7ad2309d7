package io.lakebaseops.postgres;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.TypedRows.Cap;
import io.lakebaseops.postgres.TypedRows.Column;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import org.postgresql.util.PSQLException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A read-only transaction on a connection of its own, for one statement that somebody typed. It
/// always ends with a rollback and the end of its connection, so that nothing is left of either.
///
/// It judges nothing: whoever sends a statement has asked the guard before.
public final class TypedSqlSession implements AutoCloseable {
    private static final SqlName USUAL_PATH = new SqlName("capability", "usual_search_path");
    private static final SqlName OWN_PATH = new SqlName("capability", "own_search_path");

    /// What the driver takes into memory at once; a block of rows beyond it ends the connection.
    static final String MOST_AT_ONCE = "32M";

    private static final SqlName HELD = SqlName.of("guard/held");
    private static final Duration HOLDING = Duration.ofSeconds(5);
    private static final int BLOCK = 200;

    private final PooledReadSession session;

    private TypedSqlSession(PooledReadSession session) {
        this.session = session;
    }

    /// READ COMMITTED: what is asked of the catalogs is asked after the statement's locks are held.
    static TypedSqlSession begin(PooledReadSession session) {
        boolean begun = false;
        session.spoil();
        try {
            session.physical().setReadOnly(true);
            session.begin(Connection.TRANSACTION_READ_COMMITTED);
            begun = true;
            return new TypedSqlSession(session);
        } catch (SQLException e) {
            throw SqlFailure.of("Beginning a read-only transaction on " + session.name(), e);
        } finally {
            if (!begun) {
                session.close();
            }
        }
    }

    public <R extends Record> List<R> query(SqlName name, Map<String, ?> params, Class<R> row) {
        return session.query(name, params, row);
    }

    /// Sends a statement of ours that has no values and no interesting answer.
    public void execute(SqlName name) {
        session.query(name, Map.of());
    }

    /// From here on names without a schema are looked up as in a usual session of this login.
    public void usualPath() {
        execute(USUAL_PATH);
    }

    public void ownPath() {
        execute(OWN_PATH);
    }

    /// From here on nobody can alter the relation, nor what it stands on when it is a view. Nothing
    /// of it is read.
    ///
    /// The statement itself must not be shown to the server for that: literals become values while
    /// it is read, and the checks of domains in rows and arrays run then.
    public void hold(Ident relation) {
        var text = session.rendered(HELD, Map.of("relation", relation)).text();
        session.watched(
                "Holding " + relation + " on " + session.name(),
                HOLDING,
                () -> {
                    try (var prepared = session.physical().prepareStatement(jdbc(text))) {
                        return prepared.getMetaData() != null;
                    }
                });
    }

    /// @param rows at most; one more is asked for to know whether there are more
    /// @param bytes of text at most, in characters
    /// @param cell the longest cell; longer ones are cut
    public TypedRows run(String statement, int rows, long bytes, int cell, Duration most) {
        return session.watched(
                "The statement on " + session.name(),
                most,
                () -> {
                    try (var prepared = session.physical().prepareStatement(jdbc(statement))) {
                        prepared.setFetchSize(Math.min(BLOCK, rows + 1));
                        prepared.setMaxRows(rows + 1);
                        try (var result = prepared.executeQuery()) {
                            return read(result, rows, bytes, cell);
                        }
                    } catch (SQLException e) {
                        throw tooLarge(e) ? beyond(e) : e;
                    }
                });
    }

    private static TypedRows read(ResultSet result, int most, long bytes, int cell)
            throws SQLException {
        var meta = result.getMetaData();
        var columns = new ArrayList<Column>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
        }
        var rows = new ArrayList<List<@Nullable String>>();
        @Nullable Cap reached = null;
        boolean cut = false;
        long left = bytes;
        while (reached == null && result.next()) {
            if (rows.size() == most) {
                reached = Cap.ROWS;
                break;
            }
            var row = new ArrayList<@Nullable String>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                var value = result.getString(i);
                if (value != null && value.length() > cell) {
                    value = value.substring(0, value.offsetByCodePoints(0, cell / 2)) + "…";
                    cut = true;
                }
                left -= value == null ? 0 : value.length();
                row.add(value);
            }
            if (left < 0) {
                reached = Cap.BYTES;
            } else {
                rows.add(row);
            }
        }
        return new TypedRows(columns, rows, reached, cut);
    }

    /// The driver's own words; it has no state for it.
    private static boolean tooLarge(SQLException e) {
        return String.valueOf(e.getMessage()).contains("maxResultBuffer");
    }

    private static SQLException beyond(SQLException e) {
        return new SQLException(
                "the rows are too large: more than 32 MB at once; take fewer columns, or parts of them",
                "54000",
                e);
    }

    /// Where in the statement the server sees a fault, from 0 on; -1 when it names no place.
    public static int position(OpsException failure) {
        var server =
                failure.getCause() instanceof PSQLException p ? p.getServerErrorMessage() : null;
        return server == null ? -1 : server.getPosition() - 1;
    }

    /// As the driver wants it: question marks are operators, and no comment can be read in two
    /// ways. Characters keep their places.
    private static String jdbc(String statement) throws SQLException {
        var sent = new StringBuilder();
        var sql = new StringBuilder();
        for (Token token : Tokens.of(statement, Dialect.SERVER)) {
            var text = token.kind() == Kind.COMMENT ? blank(token.text()) : token.text();
            sent.append(text);
            sql.append(token.kind() == Kind.SYMBOL ? text.replace("?", "??") : text);
        }
        var read = Parser.parseJdbcSql(sql.toString(), true, true, true, false, false);
        boolean same =
                read.size() == 1
                        && read.getFirst().nativeSql.contentEquals(sent)
                        && read.getFirst().bindPositions.length == 0
                        && Parser.replaceProcessing(sql.toString(), true, true).contentEquals(sql);
        if (!same) {
            throw new SQLException(
                    "the driver reads this statement otherwise than the server", "0A000");
        }
        return sql.toString();
    }

    private static String blank(String comment) {
        return comment.replaceAll("[^\\n]", " ");
    }

    @Override
    public void close() {
        session.close();
    }
}
