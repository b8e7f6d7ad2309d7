package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.StatementExecutor.Reader;

import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// A read session on a pooled connection.
final class PooledReadSession implements ReadSession {
    private static final SqlName EXPLAIN = new SqlName("capability", "explain");
    private static final SqlName USUAL_PATH = new SqlName("capability", "usual_search_path");
    private static final SqlName OWN_PATH = new SqlName("capability", "own_search_path");
    private static final SqlName EXPLAIN_GENERIC = new SqlName("capability", "explain_generic");
    private static final SqlName STATEMENT_TIMEOUT = new SqlName("capability", "statement_timeout");

    /// Filled in by the session: the server processes of our own connections, which no name that a
    /// client chooses can be taken for.
    private static final String OWN_PIDS = "own_pids";

    /// How long after its deadline a statement may hold the thread.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PooledReadSession.class);

    private final String name;
    private final ServerConnections server;
    private final OpenConnection connection;
    private final ConnectionHistory history;
    private final ProbeCache probes;
    private final SqlLibrary sql;
    private final Clock clock;
    private final StatementExecutor wire;

    PooledReadSession(
            ServerConnections server,
            OpenConnection connection,
            ConnectionHistory history,
            ProbeCache probes,
            SqlLibrary sql,
            Deadline deadline,
            Executor background,
            Clock clock) {
        this.name = connection.connector.target() + "/" + connection.connector.database();
        this.server = server;
        this.connection = connection;
        this.history = history;
        this.probes = probes;
        this.sql = sql;
        this.clock = clock;
        this.wire = new StatementExecutor(connection.physical, deadline, PATIENCE, background);
    }

    @Override
    public Rows query(SqlName name, Map<String, ?> params) {
        return query(name, params, RowReader::rows, Rows.EMPTY);
    }

    @Override
    public <R extends Record> List<R> query(SqlName name, Map<String, ?> params, Class<R> row) {
        var mapper = RecordMapper.of(row);
        return query(name, params, result -> mapper.all(name, result), List.of());
    }

    @Override
    public <R extends Record> List<R> query(SqlText text, Map<String, ?> params, Class<R> row) {
        var file = sql.file(text.name(), serverMajor());
        var mapper = RecordMapper.of(row);
        var sent =
                ParameterizedSql.of("/* lakebaseops:" + file.name().path() + " */ " + text.text());
        return run(file, sent, params, r -> mapper.all(file.name(), r), List.of());
    }

    private <T> T query(SqlName name, Map<String, ?> params, Reader<T> reader, T none) {
        var file = sql.file(name, serverMajor());
        if (serverMajor() < file.since()) {
            throw unsupported(name, "it needs PostgreSQL " + file.since(), "upgrade the server");
        }
        if (!file.idents().isEmpty()) {
            throw new IllegalArgumentException(name + " is a template, not a query");
        }
        if (file.extensions().isEmpty()) {
            return run(file, sent(file, Map.of()), params, reader, none);
        }
        try {
            return run(file, sent(file, schemasFor(file)), params, reader, none);
        } catch (OpsException e) {
            // Dropped, moved or taken away since it was looked for.
            if (e.kind() == OpsException.Kind.NOT_FOUND || e.kind() == OpsException.Kind.DENIED) {
                probes.forget();
                schemasFor(file);
            }
            throw e;
        }
    }

    private static ParameterizedSql sent(SqlFile file, Map<String, Ident> schemas) {
        return ParameterizedSql.of(SqlLibrary.sent(file, schemas));
    }

    /// A template filled in.
    Rows query(SqlText text, Map<String, ?> params) {
        var file = sql.file(text.name(), serverMajor());
        var sent = "/* lakebaseops:" + text.name().path() + " */ " + text.text();
        return run(file, ParameterizedSql.of(sent), params, RowReader::rows, Rows.EMPTY);
    }

    /// From now on everything is read as it is now, until the transaction is ended.
    void begin() {
        begin(Connection.TRANSACTION_REPEATABLE_READ);
    }

    void begin(int isolation) {
        try {
            connection.physical.setTransactionIsolation(isolation);
            connection.physical.setAutoCommit(false);
        } catch (SQLException e) {
            connection.spoilt = true;
            throw SqlFailure.of("Taking a snapshot of " + name, e);
        }
    }

    PgConnection physical() {
        return connection.physical;
    }

    String name() {
        return name;
    }

    SqlText rendered(SqlName template, Map<String, Ident> idents) {
        return sql.render(template, idents);
    }

    /// Its connection is closed with it.
    void spoil() {
        connection.spoilt = true;
    }

    <T> T watched(String what, Duration most, StatementExecutor.OnConnection<T> work) {
        long began = System.nanoTime();
        try {
            return wire.watched(what, most, work).value();
        } finally {
            server.sent("typed", System.nanoTime() - began);
        }
    }

    /// Ends the snapshot; a connection that will not is not used again.
    void end() {
        try {
            connection.physical.commit();
            connection.physical.setAutoCommit(true);
            connection.physical.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        } catch (SQLException e) {
            connection.spoilt = true;
            LOG.debug("The snapshot of {} ended with its connection: {}", name, e.getMessage());
        }
    }

    /// Names in it without a schema are found as in a usual session of this login.
    @Override
    public String explain(ExplainText statement) {
        query(USUAL_PATH);
        try {
            return planned(statement);
        } finally {
            ownPathAgain();
        }
    }

    /// A session that would go on with another path is not used again.
    private void ownPathAgain() {
        try {
            query(OWN_PATH);
        } catch (OpsException e) {
            connection.spoilt = true;
            LOG.debug("The search path of {} is not ours any more: {}", name, e.getMessage());
        }
    }

    private String planned(ExplainText statement) {
        var file = sql.file(statement.parameters() ? EXPLAIN_GENERIC : EXPLAIN, serverMajor());
        var sent = SqlLibrary.sent(file, Map.of()).replace("{statement}", statement.jdbc());
        var executor = connection.physical.getQueryExecutor();
        var usual = executor.getPreferQueryMode();
        // The extended protocol would want values for the parameters of the explained statement.
        executor.setPreferQueryMode(PreferQueryMode.SIMPLE);
        try {
            var rows =
                    run(
                            file,
                            new ParameterizedSql(sent, List.of()),
                            Map.of(),
                            RowReader::rows,
                            Rows.EMPTY);
            return String.valueOf(rows.list().getFirst().values().iterator().next());
        } finally {
            executor.setPreferQueryMode(usual);
        }
    }

    private Map<String, Ident> schemasFor(SqlFile file) {
        var probe = probe();
        for (var extension : file.extensions()) {
            if (!probe.extensionSchemas().containsKey(extension)) {
                throw unsupported(
                        file.name(),
                        "extension " + extension + " is not installed in database " + database(),
                        "CREATE EXTENSION " + extension + " there");
            }
        }
        return probe.extensionSchemas();
    }

    private <T> T run(
            SqlFile file,
            ParameterizedSql marked,
            Map<String, ?> params,
            Reader<T> reader,
            T none) {
        var what = "Query " + file.name() + " on " + name;
        boolean ok = false;
        long began = System.nanoTime();
        try {
            allow(file, what);
            var answer =
                    wire.run(
                            what,
                            marked,
                            file.timeout(),
                            (s, i, m) -> bind(s, i, m, file, params),
                            reader,
                            none);
            ok = answer.reusable();
            return answer.value();
        } catch (OpsException e) {
            // An ordinary refusal leaves the connection usable; a cancelled or broken one is not.
            ok =
                    e.kind() != OpsException.Kind.TIMEOUT
                            && e.kind() != OpsException.Kind.CANCELLED
                            && e.kind() != OpsException.Kind.UNREACHABLE;
            if (e.kind() == OpsException.Kind.TIMEOUT) {
                history.slow(
                        connection.connector.target(), Duration.ofNanos(System.nanoTime() - began));
            }
            throw e;
        } finally {
            server.sent(file.name().module(), System.nanoTime() - began);
            if (!ok) {
                connection.spoilt = true;
            }
        }
    }

    /// The server's own limit is only ever raised, once per connection at most: shorter limits of a
    /// file are kept by our watch over the statement.
    private void allow(SqlFile file, String what) {
        if (connection.allows(file.timeout())) {
            return;
        }
        var setter = sql.file(STATEMENT_TIMEOUT, serverMajor());
        long millis = file.timeout().toMillis();
        wire.run(
                what,
                ParameterizedSql.of(SqlLibrary.sent(setter, Map.of())),
                setter.timeout(),
                (s, i, _) -> PgLiterals.bind(s, i, "int8", millis));
        connection.timeoutIsNow(file.timeout());
    }

    private void bind(
            PreparedStatement statement,
            int index,
            String marker,
            SqlFile file,
            Map<String, ?> params)
            throws SQLException {
        if (marker.equals(OWN_PIDS) && !params.containsKey(marker)) {
            file.bind(statement, index, marker, server.load().pids());
        } else {
            file.bind(statement, index, marker, params);
        }
    }

    private int serverMajor() {
        try {
            return connection.physical.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw SqlFailure.of("Reading the server version of " + name, e);
        }
    }

    private static OpsException unsupported(SqlName name, String why, String remedy) {
        return new OpsException(OpsException.Kind.UNSUPPORTED, "Query " + name, why, remedy);
    }

    private Probe probe() {
        return probes.get(
                login(),
                connection.start.postmasterStart(),
                () ->
                        query(Probe.QUERY, Map.of(), Probe.Row.class)
                                .getFirst()
                                .probe(clock.instant()));
    }

    private String login() {
        try {
            return connection.physical.getMetaData().getUserName();
        } catch (SQLException e) {
            throw SqlFailure.of("Reading the login of " + name, e);
        }
    }

    @Override
    public Capabilities capabilities() {
        return probe().capabilities();
    }

    @Override
    public String database() {
        return connection.connector.database();
    }

    @Override
    public void close() {
        server.release(connection);
    }
}
