package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.domain.connection.ConnectionStage.Name;
import io.lakebaseops.postgres.CheckedStages.Found;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The test of a connection to a PostgreSQL server, stage by stage: name, port, TLS, login,
/// version, rights. The login is tried once, for a server may lock an account after some wrong
/// passwords.
public final class ConnectionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCheck.class);
    private static final Duration STAGE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final SqlName DATABASES = new SqlName("capability", "databases");

    /// Where nearly every server lets one in to see which databases there are.
    private static final String MAINTENANCE_DATABASE = "postgres";

    private final SqlLibrary sql;
    private final Executor background;
    private final Clock clock;

    public ConnectionCheck(SqlLibrary sql, Executor background, Clock clock) {
        this.sql = sql;
        this.background = background;
        this.clock = clock;
    }

    private record Looked(ConnectionRights.Look look, ConnectionRights rights) {}

    private record DatabaseRow(String databaseName) {}

    /// What one test has come to.
    private final class Run {
        private final JdbcConnectionProvider door;
        private final LoginAsked login;
        private final Deadline deadline;
        private final CheckedStages stages;
        private final long began = System.nanoTime();
        private Name trying = Name.HOST;
        private @Nullable TlsPeek peek;
        private int connections;
        private int statements;

        Run(
                JdbcConnectionProvider door,
                LoginAsked login,
                Consumer<List<ConnectionStage>> live,
                Deadline deadline) {
            this.door = door;
            this.login = login;
            this.deadline = deadline;
            var names = new ArrayList<>(List.of(Name.HOST, Name.PORT));
            if (door.tunnelled()) {
                names = new ArrayList<>(List.of(Name.TUNNEL));
            }
            names.addAll(List.of(Name.TLS, Name.LOGIN, Name.VERSION, Name.RIGHTS));
            stages = new CheckedStages(names, live, background, deadline);
        }

        ConnectionReport report() {
            try {
                return reached();
            } catch (Exception e) { // boundary: whatever refuses becomes the report
                LOG.info("Test of a connection ended at {}: {}", trying.words(), e.toString());
                return refused(ConnectionRefusal.of(e, trying, login, peek));
            }
        }

        private ConnectionReport reached() throws Exception {
            if (door.tunnelled()) {
                begin(Name.TUNNEL, STAGE.multipliedBy(2), this::tunnel, _ -> {});
                trying = Name.TLS;
                stages.skip(Name.TLS, "seen at login");
            } else {
                begin(Name.HOST, STAGE, this::resolve, _ -> {});
                begin(Name.PORT, STAGE, this::knock, _ -> {});
                tls();
            }
            var connection =
                    begin(Name.LOGIN, STAGE.plusSeconds(5), this::login, ConnectionCheck::close);
            try {
                begin(
                        Name.VERSION,
                        STAGE,
                        () -> new Found<>(true, connection.getDBVersionNumber()),
                        _ -> {});
                return finished(begin(Name.RIGHTS, STAGE, () -> rights(connection), _ -> {}));
            } finally {
                background.execute(() -> close(connection));
            }
        }

        private <T> T begin(
                Name name,
                Duration most,
                java.util.concurrent.Callable<Found<T>> work,
                Consumer<T> late)
                throws Exception {
            trying = name;
            return stages.run(name, most, work, late);
        }

        private Found<Boolean> resolve() throws IOException {
            var addresses = InetAddress.getAllByName(login.host());
            return new Found<>(true, addresses[0].getHostAddress());
        }

        private Found<Boolean> knock() throws IOException {
            try (var socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(login.host(), login.port()), (int) STAGE.toMillis());
                return new Found<>(true, "");
            }
        }

        private Found<Boolean> tunnel() {
            door.entry(door.target(), deadline);
            return new Found<>(true, "");
        }

        private void tls() throws Exception {
            if (login.sslMode().equals("disable")) {
                trying = Name.TLS;
                stages.skip(Name.TLS, "off");
                return;
            }
            if ("direct".equals(door.settings().get("sslNegotiation"))) {
                trying = Name.TLS;
                stages.skip(Name.TLS, "seen at login");
                return;
            }
            var seen =
                    begin(
                            Name.TLS,
                            STAGE,
                            () -> {
                                var look =
                                        TlsPeek.at(
                                                login.host(), login.port(), (int) STAGE.toMillis());
                                return new Found<>(look, look.tls() ? look.protocol() : "none");
                            },
                            _ -> {});
            peek = seen;
            connections++;
            if (!seen.tls()) {
                stages.skip(Name.TLS, "none");
            }
        }

        private Found<PgConnection> login() throws SQLException {
            connections++;
            return new Found<>(
                    new Connector(door.target(), login.database(), door, Connector.READER)
                            .open(deadline),
                    login.user());
        }

        private Found<Looked> rights(PgConnection connection) {
            var start = row(connection, SessionStart.QUERY, SessionStart.class);
            var probe = row(connection, Probe.QUERY, Probe.Row.class).probe(clock.instant());
            var look = row(connection, ConnectionRights.Look.QUERY, ConnectionRights.Look.class);
            var rights = ConnectionRights.of(probe.capabilities(), look, start, encryption());
            return new Found<>(new Looked(look, rights), "");
        }

        private ConnectionReport finished(Looked looked) {
            var look = looked.look();
            var rights = looked.rights();
            return new ConnectionReport(
                    "It works. %s on %s: %s, %s, %s, PostgreSQL %s.%s"
                            .formatted(
                                    look.databaseName(),
                                    login.place(),
                                    Format.count(look.tables(), "table"),
                                    Format.size(look.databaseBytes()),
                                    Format.count(look.sessions(), "session"),
                                    look.version(),
                                    rights.missing()),
                    stages.list(),
                    rights.checks(),
                    rights.sql(),
                    look.deadRows() == null ? List.of() : List.of(look.deadRows()),
                    null,
                    List.of(),
                    cost(),
                    clock.instant());
        }

        private String encryption() {
            var seen = peek;
            if (seen == null || !seen.tls()) {
                return door.tunnelled() ? "through the SSH tunnel" : "";
            }
            var until =
                    seen.validUntil()
                            .map(
                                    t ->
                                            ", certificate to "
                                                    + DateTimeFormatter.ofPattern(
                                                                    "d MMM uuuu", Locale.ENGLISH)
                                                            .withZone(ZoneOffset.UTC)
                                                            .format(t))
                            .orElse("");
            return seen.protocol().replace("TLSv", "") + ", " + login.sslMode() + until;
        }

        private <R extends Record> R row(PgConnection connection, SqlName query, Class<R> type) {
            statements++;
            var text =
                    SqlLibrary.sent(sql.file(query, connection.getServerMajorVersion()), Map.of());
            var wire = new StatementExecutor(connection, deadline, PATIENCE, background);
            var rows =
                    wire.run("Test of the connection", ParameterizedSql.of(text), (_, _, _) -> {});
            return RecordMapper.of(type).all(query, rows).getFirst();
        }

        private ConnectionReport refused(ConnectionRefusal refusal) {
            if (refusal.stage() != trying) {
                stages.coming(trying);
            }
            stages.fail(refusal.stage(), "refused");
            var sentence = refusal.sentence();
            if (refusal.failure().sqlState().equals("3D000")) {
                sentence += others();
            }
            return new ConnectionReport(
                    sentence,
                    stages.list(),
                    List.of(),
                    "",
                    List.of(),
                    refusal.failure(),
                    List.of(),
                    cost(),
                    clock.instant());
        }

        /// The login was good, only the database is none; which there are helps more than a rule.
        private String others() {
            try {
                connections++;
                try (var there =
                        new Connector(door.target(), MAINTENANCE_DATABASE, door, Connector.READER)
                                .open(deadline)) {
                    statements++;
                    var wire = new StatementExecutor(there, deadline, PATIENCE, background);
                    var text =
                            SqlLibrary.sent(
                                    sql.file(DATABASES, there.getServerMajorVersion()), Map.of());
                    var rows = wire.run("Databases", ParameterizedSql.of(text), (_, _, _) -> {});
                    return " There are: "
                            + String.join(
                                    ", ",
                                    RecordMapper.of(DatabaseRow.class).all(DATABASES, rows).stream()
                                            .map(DatabaseRow::databaseName)
                                            .limit(12)
                                            .toList())
                            + ".";
                }
            } catch (SQLException | io.lakebaseops.domain.OpsException e) {
                LOG.debug("The databases of the server were not listed: {}", e.getMessage());
                return "";
            }
        }

        private ConnectionReport.Cost cost() {
            return new ConnectionReport.Cost(
                    connections, statements, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /// Blocking; ends at the deadline or on its cancel.
    ///
    /// @param passwordFrom where the password comes from, in words; empty for nowhere
    /// @param others further logins that are known for this server
    /// @param live hears of every stage
    public ConnectionReport run(
            JdbcConnectionProvider door,
            String passwordFrom,
            List<String> others,
            Consumer<List<ConnectionStage>> live,
            Deadline deadline) {
        var place = door.places().getFirst();
        int colon = place.lastIndexOf(':');
        var login =
                new LoginAsked(
                        place.substring(0, colon),
                        Integer.parseInt(place.substring(colon + 1)),
                        door.defaultDatabase(door.target()),
                        door.user(),
                        door.settings().getOrDefault("sslmode", "prefer"),
                        passwordFrom,
                        others);
        return new Run(door, login, live, deadline).report();
    }

    private static void close(PgConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The connection of a test did not close: {}", e.getMessage());
        }
    }
}
