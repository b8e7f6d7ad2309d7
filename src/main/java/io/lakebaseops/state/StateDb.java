package io.lakebaseops.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.NamedStatement;
import io.lakebaseops.postgres.SqlName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/// The state database, where LakebaseOps keeps what changes: one pool on our own PostgreSQL
/// database, embedded or shared by a team; the schema is brought up to date when opened.
///
/// Several processes use one database at once, so nothing about its content is cached here. After
/// the server died the next transaction connects anew.
public final class StateDb implements AutoCloseable {
    static final String SCHEMA = "lakebaseops";
    private static final Logger LOG = LoggerFactory.getLogger(StateDb.class);

    // After a crash of the server every pooled connection is dead: the pool would hand out one
    // after the other.
    private static final int BORROW_TRIES = 3;
    private static final int PROBE_SECONDS = 2;

    // With five seconds for a connection: about half a minute on a machine that is very busy.
    private static final int OPENING_TRIES = 6;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final StateSettings settings;
    private final HikariDataSource pool;
    private final Runnable revive;
    private final String remedy;
    private final Map<SqlName, NamedStatement> statements = new ConcurrentHashMap<>();

    private StateDb(StateSettings settings, HikariDataSource pool, Runnable revive, String remedy) {
        this.settings = settings;
        this.pool = pool;
        this.revive = revive;
        this.remedy = remedy;
    }

    /// A database somebody else keeps running.
    public static StateDb open(StateSettings settings) {
        return open(
                settings,
                1,
                () -> {},
                "check that its server runs and that the URL and login are right");
    }

    /// Our own: nobody chose its address or login, so nobody is asked to check them. It was started
    /// a moment ago, and on a busy machine it may take its time to answer: it is asked again, a few
    /// times.
    ///
    /// @param revive starts the server again if it died; called before giving up on a connection
    public static StateDb open(StateSettings settings, Runnable revive) {
        return open(
                settings,
                OPENING_TRIES,
                revive,
                "try again: LakebaseOps starts its own database anew where it has stopped");
    }

    /// Connects and migrates; two processes opening at the same moment take turns.
    private static StateDb open(StateSettings settings, int tries, Runnable revive, String remedy) {
        for (int attempt = 1; ; attempt++) {
            try {
                StateSchema.bringUp(settings);
                break;
            } catch (SQLException e) {
                var failure = failure(e, remedy);
                if (attempt == tries || !unreachable(e)) {
                    throw failure;
                }
                LOG.warn(
                        "The state database does not answer yet ({}), try {} of {}",
                        failure.why(),
                        attempt,
                        tries);
                pause(failure);
                revive.run();
            }
        }
        var config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(properties(settings));
        config.setMaximumPoolSize(settings.poolSize());
        // Not left to the first connection: HikariCP never recovers when that one is lost
        // meanwhile.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setValidationTimeout(Duration.ofSeconds(PROBE_SECONDS).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setPoolName("lakebaseops-state");
        return new StateDb(settings, new HikariDataSource(config), revive, remedy);
    }

    /// Runs the work in one transaction: committed when it returns, rolled back when it throws.
    public <T> T tx(Work<T> work) {
        return inTransaction(work, false);
    }

    /// Reads at one moment: every query in it sees the same state, and nothing can be written.
    public <T> T snapshot(Work<T> work) {
        return inTransaction(work, true);
    }

    private <T> T inTransaction(Work<T> work, boolean snapshot) {
        T result;
        Tx tx;
        try (var connection = borrow()) {
            if (snapshot) {
                // The pool sets both back when the connection returns to it.
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            connection.setAutoCommit(false);
            tx = new Tx(connection, this::statement);
            try {
                result = work.in(tx);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e, remedy);
        }
        tx.committed();
        return result;
    }

    /// As [#tx(Work)] for work without a result.
    public void run(VoidWork work) {
        tx(
                tx -> {
                    work.in(tx);
                    return true;
                });
    }

    /// @param version of the server
    public record Size(long bytes, String version) {}

    public Size size() {
        return tx(tx -> tx.first(StateSql.STATE_SIZE, Map.of(), Size.class)).orElseThrow();
    }

    /// Takes the named turn if nobody has it, until closed. It ends by itself when this process
    /// dies, because the server then drops the session that holds it.
    public Optional<Lease> tryLease(String name) {
        try {
            return Lease.tryTake(connect(settings), name);
        } catch (SQLException e) {
            throw failure(e, remedy);
        }
    }

    private NamedStatement statement(SqlName name) {
        return statements.computeIfAbsent(name, NamedStatement::read);
    }

    public StateSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        pool.close();
    }

    /// A pool may hand out a connection whose server is gone; probing here means that no
    /// statement of the caller has been sent yet, so trying another connection is safe.
    private Connection borrow() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            var connection = attempt == 1 ? firstConnection() : pool.getConnection();
            if (attempt == BORROW_TRIES || connection.isValid(PROBE_SECONDS)) {
                return connection;
            }
            pool.evictConnection(connection);
        }
    }

    private Connection firstConnection() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            revive.run();
            return pool.getConnection();
        }
    }

    static Connection connect(StateSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), properties(settings));
    }

    static Properties properties(StateSettings settings) {
        var p = new Properties();
        p.setProperty("user", settings.user());
        p.setProperty("password", settings.password());
        p.setProperty("currentSchema", SCHEMA);
        p.setProperty("ApplicationName", "lakebaseops state");
        p.setProperty("connectTimeout", Long.toString(settings.connectTimeout().toSeconds()));
        p.setProperty("loginTimeout", Long.toString(settings.connectTimeout().toSeconds()));
        p.setProperty("tcpKeepAlive", "true");
        settings.tls().ifPresent(mode -> p.setProperty("sslmode", mode));
        long timeout = settings.statementTimeout().toMillis();
        // The socket gives up after the server should have, so that a frozen server frees us too.
        p.setProperty("socketTimeout", Long.toString(timeout / 1000 + 5));
        p.setProperty(
                "options",
                "-c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=%d"
                        .formatted(timeout, timeout, timeout * 2));
        return p;
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /// Not a login refused: that would be refused again.
    private static boolean unreachable(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static void pause(OpsException failure) {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /// SQLSTATE classes: 08 connection, 57P server shutting down, 28 login (manual, appendix A).
    static OpsException failure(SQLException e, String remedy) {
        if (e instanceof SQLTransientConnectionException) {
            return unanswered(e, remedy);
        }
        var state = String.valueOf(e.getSQLState());
        var kind =
                state.startsWith("08") || state.startsWith("57P") || state.startsWith("28")
                        ? OpsException.Kind.UNREACHABLE
                        : state.equals("57014") || state.equals("55P03")
                                ? OpsException.Kind.TIMEOUT
                                : OpsException.Kind.INTERNAL;
        return new OpsException(
                kind,
                "Use the state database",
                e.getMessage() + " (SQLSTATE " + state + ")",
                remedy,
                e);
    }

    /// What the pool says of itself tells nobody anything; why no connection could be made does.
    private static OpsException unanswered(SQLException e, String remedy) {
        return e.getCause() instanceof SQLException why
                ? new OpsException(
                        OpsException.Kind.UNREACHABLE,
                        "Use the state database",
                        why.getMessage() + " (SQLSTATE " + why.getSQLState() + ")",
                        remedy,
                        e)
                : new OpsException(
                        OpsException.Kind.UNREACHABLE,
                        "Use the state database",
                        "none of our connections to it came free in time",
                        "try again in a moment; it is slow, or much is going on",
                        e);
    }

    /// Work inside one transaction.
    @FunctionalInterface
    public interface Work<T> {
        T in(Tx tx) throws SQLException;
    }

    /// @see #run(VoidWork)
    @FunctionalInterface
    public interface VoidWork {
        void in(Tx tx) throws SQLException;
    }
}
