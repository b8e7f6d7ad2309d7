package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.spec;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;
import io.lakebaseops.local.compute.server.PostmasterPid;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerHosting;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// Local Lakebase as it runs where there are no Unix sockets. All its other tests run so with
/// `-Dlakebaseops.local.tcp=true`.
final class LoopbackPgTest {
    private static final ComputeHostOptions OPTIONS =
            ComputeHostOptions.defaults()
                    .withFsync(false)
                    .withStartTimeout(Duration.ofMinutes(2))
                    .withHosting(new ServerHosting.ByLoopback());

    @TempDir static Path dir;
    private static RoomFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new RoomFixture(dir, OPTIONS).withMain();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static ServerAddress.Loopback address() {
        return (ServerAddress.Loopback) fixture.room().branch("br-main").address();
    }

    private static Connection direct(String user, String password, String more)
            throws SQLException {
        return DriverManager.getConnection(
                address().url("databricks_postgres") + more, user, password);
    }

    @Test
    void clients_come_through_the_gateway_and_nobody_else_gets_in() throws Exception {
        try (Connection client = fixture.connect("ep-main")) {
            assertThat(value(client, "SELECT session_user")).isEqualTo(RoomFixture.OWNER);
            assertThat(value(client, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(value(client, "SHOW unix_socket_directories")).isEmpty();
            assertThat(value(client, "SELECT repeat('x', 300000)")).hasSize(300_000);
            // What the session was encrypted and known by, and that it cannot become more.
            assertThat(
                            value(
                                    client,
                                    "SELECT client_dn FROM pg_stat_ssl WHERE pid ="
                                            + " pg_backend_pid()"))
                    .isEqualTo("/CN=localhost");
            run(client, "RESET SESSION AUTHORIZATION");
            assertThat(value(client, "SELECT current_user")).isEqualTo(RoomFixture.OWNER);
        }
        String superuser = TemplateCluster.SUPERUSER;
        String password = address().password();
        assertThat(password).hasSize(48);
        try (Connection admin = direct(superuser, password, "?sslmode=disable")) {
            assertThat(value(admin, "SELECT current_user")).isEqualTo(superuser);
        }
        for (String encryption : new String[] {"?sslmode=disable", "?sslmode=require"}) {
            assertThatThrownBy(() -> direct(superuser, "guessed", encryption))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> direct(RoomFixture.OWNER, password, encryption).close())
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .asString()
                    .startsWith("28");
        }
        try (var files = Files.walk(dir)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .filter(file -> !file.endsWith(ServerAddress.PASSWORD))
                                    .filter(file -> file.toFile().length() < 1 << 16)
                                    .filter(file -> holds(file, password)))
                    .as("the password stands in one file")
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses().flatMap(p -> p.info().commandLine().stream()))
                .as("and on no command line")
                .noneMatch(line -> line.contains(password));
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (java.io.IOException vanished) {
            return false;
        }
    }

    @Test
    void a_cancel_request_reaches_the_server() throws Exception {
        try (Connection client = fixture.connect("ep-main");
                var statement = client.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(600)"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57014");
        }
    }

    @Test
    void a_branch_is_made_stopped_killed_and_found_again() throws Exception {
        try (Connection main = fixture.connect("ep-main")) {
            run(main, "CREATE TABLE orders AS SELECT 7 AS seven");
        }
        var room = fixture.room();
        room.fork("br-main", "br-child");
        room.openEndpoint(spec("ep-child", "br-child", Duration.ofMillis(300), false, Map.of()));
        try (Connection child = fixture.connect("ep-child")) {
            run(child, "UPDATE orders SET seven = 8");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> room.status("ep-child").state() == ComputeHost.ComputeState.STOPPED);
        var data = dir.resolve("branches/br-child/data");
        // By pg_ctl and in good order: a server that is killed leaves the file.
        await().atMost(Duration.ofSeconds(60)).until(() -> PostmasterPid.read(data).isEmpty());
        // Somebody takes its port meanwhile.
        var before = (ServerAddress.Loopback) room.branch("br-child").address();
        try (var taken =
                new java.net.ServerSocket(
                        before.port(), 1, java.net.InetAddress.getLoopbackAddress())) {
            try (Connection child = fixture.connect("ep-child")) {
                assertThat(value(child, "SELECT seven FROM orders")).isEqualTo("8");
            }
            assertThat(taken.isBound()).isTrue();
        }
        room.updateEndpoint(spec("ep-child", "br-child"));
        try (Connection child = fixture.connect("ep-child")) {
            run(child, "UPDATE orders SET seven = 9");
            room.faults("ep-child").killPostmaster();
            assertThatThrownBy(() -> value(child, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        try (Connection child = fixture.connect("ep-child")) {
            assertThat(value(child, "SELECT seven FROM orders")).isEqualTo("9");
        }
        try (Connection main = fixture.connect("ep-main")) {
            assertThat(value(main, "SELECT seven FROM orders")).isEqualTo("7");
        }
        room.drop("br-child");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_standby_logs_in_with_a_password_file() throws Exception {
        var room = fixture.room();
        room.openEndpoint(
                new EndpointSpec("ep-read", "br-main", true, 0.5, 1, null, false, Map.of()));
        try (Connection main = fixture.connect("ep-main");
                Connection read = fixture.connect("ep-read")) {
            run(main, "CREATE TABLE streamed AS SELECT 3 AS three");
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> value(read, "SELECT three FROM streamed").equals("3"));
            assertThat(value(read, "SELECT pg_is_in_recovery()")).isEqualTo("t");
        }
        room.dropEndpoint("br-main", "ep-read");
    }

    @Test
    void the_port_is_open_on_the_loopback_address_alone() throws Exception {
        try (Connection _ = fixture.connect("ep-main");
                var other = new Socket()) {
            assertThatThrownBy(
                            () ->
                                    other.connect(
                                            new java.net.InetSocketAddress(
                                                    "127.0.0.2", address().port()),
                                            2000))
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void a_server_of_ones_own_lets_its_roles_in_with_its_password(@TempDir Path folder)
            throws Exception {
        try (var server = ScratchServer.start(folder, OPTIONS)) {
            try (Connection admin = server.connect("template1", server.superuser(), false)) {
                run(admin, "CREATE ROLE \"a b\" LOGIN");
            }
            try (Connection role = server.connect("template1", "a b", true)) {
                assertThat(value(role, "SELECT session_user")).isEqualTo("a b");
            }
            server.offline(data -> Files.writeString(data.resolve("touched"), ""));
            assertThat(server.data().resolve("touched")).exists();
        }
    }

    @Test
    void the_state_database_is_made_and_stopped_without_signals(@TempDir Path folder)
            throws Exception {
        Path data = folder.resolve("data");
        try (var state = StateServer.attachOrStart(folder, OPTIONS);
                Connection connection =
                        DriverManager.getConnection(
                                state.jdbcUrl(), state.user(), state.password())) {
            assertThat(value(connection, "SELECT current_user")).isEqualTo("lakebaseops");
            assertThat(data.resolve(ServerAddress.PASSWORD)).doesNotExist();
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            state.jdbcUrl(), TemplateCluster.SUPERUSER, ""))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(PostmasterPid.read(data)).isEmpty();
    }
}
