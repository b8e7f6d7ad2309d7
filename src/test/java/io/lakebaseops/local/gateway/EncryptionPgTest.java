package io.lakebaseops.local.gateway;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.local.ReadyLine;
import io.lakebaseops.local.api.SdkFixture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Other people's clients as Databricks documents them: `sslmode=require` and `verify-full`.
final class EncryptionPgTest {
    @TempDir static Path dir;
    static SdkFixture sdk;
    static ReadyLine.Endpoint endpoint;
    static String token;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        sdk.project("shop");
        endpoint = sdk.lakebase().readyLine().endpoints().getFirst();
        token = sdk.token(endpoint.name());
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void the_ready_line_names_a_bare_host_a_port_of_its_own_and_the_authority() {
        assertThat(endpoint.host()).isEqualTo("127.0.0.1");
        assertThat(sdk.address(endpoint.name())).isEqualTo("127.0.0.1:" + endpoint.port());
        assertThat(Path.of(sdk.lakebase().readyLine().ca()))
                .isAbsolute()
                .isEqualTo(dir.resolve("ca.pem"))
                .content(StandardCharsets.US_ASCII)
                .startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full", "prefer", "allow", "disable"})
    void psql_connects(String mode) throws Exception {
        boolean plain = mode.equals("disable") || mode.equals("allow");
        assertThat(psql(mode, endpoint.host(), dir.resolve("ca.pem")))
                .startsWith("0 ")
                .contains("You are connected to database \"databricks_postgres\"")
                .matches(out -> plain != out.contains("SSL connection (protocol: TLSv1.3"));
    }

    @Test
    void psql_takes_the_name_localhost_and_no_foreign_authority(@TempDir Path other)
            throws Exception {
        assertThat(psql("verify-full", "localhost", dir.resolve("ca.pem"))).startsWith("0 ");
        CertificateAuthority.in(other);
        assertThat(psql("verify-full", "localhost", other.resolve("ca.pem")))
                .startsWith("2 ")
                .contains("certificate verify failed");
    }

    private static String psql(String mode, String host, Path authority) throws Exception {
        Process process;
        try {
            var command =
                    new ProcessBuilder(
                            "psql",
                            "-X",
                            "host=%s port=%d user=%s dbname=%s sslmode=%s sslrootcert=%s"
                                    .formatted(
                                            host,
                                            endpoint.port(),
                                            sdk.lakebase().user(),
                                            "databricks_postgres",
                                            mode,
                                            authority),
                            "-c",
                            "\\conninfo");
            command.environment().put("PGPASSWORD", token);
            command.environment().put("LC_ALL", "C");
            process = command.redirectErrorStream(true).start();
        } catch (IOException e) {
            return Assumptions.abort("psql is not on the path: " + e.getMessage());
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + out;
    }

    @Test
    void pgjdbc_connects_verifies_and_refuses_a_foreign_authority(@TempDir Path other)
            throws Exception {
        for (String more :
                new String[] {
                    "sslmode=require",
                    "sslmode=verify-full&sslrootcert=" + dir.resolve("ca.pem"),
                    "sslNegotiation=direct&sslmode=verify-full&sslrootcert=" + dir.resolve("ca.pem")
                }) {
            try (Connection c = jdbc(more)) {
                assertThat(value(c, "SELECT current_user")).isEqualTo(sdk.lakebase().user());
            }
        }
        CertificateAuthority.in(other);
        assertThatThrownBy(() -> jdbc("sslmode=verify-full&sslrootcert=" + other.resolve("ca.pem")))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("unable to find valid certification path");
    }

    @Test
    void our_own_connections_verify_the_endpoint(@TempDir Path other) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var plane =
                    SdkControlPlane.ofHost(
                            sdk.lakebase().host(), () -> sdk.lakebase().token(), threads);
            var target = new TargetId("local", "shop", "production");
            var deadline = Deadline.in(Duration.ofMinutes(1));
            var door =
                    new LakebaseConnectionProvider(
                            "local", plane, sdk.clock(), sdk.lakebase().ca());
            var entry = door.entry(target, deadline);
            assertThat(entry.properties()).containsEntry("sslmode", "verify-full");
            assertThat(entry.hosts()).isEqualTo("127.0.0.1:" + endpoint.port());
            connect(entry.hosts(), entry.user(), entry.password(), entry.properties()).close();
            CertificateAuthority.in(other);
            var stranger =
                    new LakebaseConnectionProvider(
                            "local", plane, sdk.clock(), other.resolve("ca.pem"));
            var refused = stranger.entry(target, deadline);
            assertThatThrownBy(
                            () ->
                                    connect(
                                            refused.hosts(),
                                            refused.user(),
                                            refused.password(),
                                            refused.properties()))
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("unable to find valid certification path");
        }
    }

    private static Connection connect(
            String hosts, String user, String password, java.util.Map<String, String> more)
            throws SQLException {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + hosts + "/databricks_postgres", properties);
    }

    @Test
    void much_data_passes_both_ways_and_a_statement_is_cancelled() throws Exception {
        try (Connection c = jdbc("sslmode=require");
                var echo = c.prepareStatement("SELECT md5(?::text)");
                var asleep = c.createStatement()) {
            String large = "zwölf Boxkämpfer ".repeat(300_000);
            echo.setString(1, large);
            try (var row = echo.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).hasSize(32);
            }
            String back = "SELECT string_agg(md5(g::text), '') FROM generate_series(1, 300000) g";
            assertThat(value(c, back)).hasSize(9_600_000);
            asleep.setQueryTimeout(1);
            assertThatThrownBy(() -> asleep.execute("SELECT pg_sleep(600)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(value(c, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void a_refusal_arrives_whole_and_encrypted() {
        assertThatThrownBy(() -> jdbc("sslmode=require&password=guess"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    /// What is sent in clear behind the request for encryption could come from anybody between.
    @Test
    void nothing_in_clear_is_taken_once_encryption_was_asked_for() throws IOException {
        byte[] startup = startup("user\0" + sdk.lakebase().user() + "\0\0");
        try (Socket socket = new Socket("127.0.0.1", endpoint.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(
                            ByteBuffer.allocate(8 + startup.length)
                                    .putInt(8)
                                    .putInt(80877103)
                                    .put(startup)
                                    .array());
            assertThat(socket.getInputStream().read()).isEqualTo('S');
            // A TLS alert, or nothing; never 'R', the question for the password.
            assertThat(firstByte(socket)).isIn(-1, 0x15);
        }
    }

    private static int firstByte(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return -1;
        }
    }

    static byte[] startup(String parameters) {
        byte[] text = parameters.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + 8)
                .putInt(text.length + 8)
                .putInt(196608)
                .put(text)
                .array();
    }

    private static Connection jdbc(String more) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", sdk.lakebase().user());
        login.setProperty("password", token);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/databricks_postgres?%s"
                        .formatted(endpoint.port(), more),
                login);
    }

    private static String value(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement();
                var row = s.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void the_authority_is_private_stays_and_is_good_for_this_machine_alone(@TempDir Path home)
            throws Exception {
        CertificateAuthority.in(home);
        String first = Files.readString(home.resolve("ca.pem"));
        assertOwnerOnly(home.resolve("ca.p12"));
        Files.delete(home.resolve("ca.pem"));
        CertificateAuthority.in(home);
        assertThat(home.resolve("ca.pem")).hasContent(first);
        // 2.5.29.30: name constraints.
        var pair = Certificates.keyPair();
        var authority = Certificates.authority(pair);
        assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.30");
        assertThat(authority.getBasicConstraints()).isZero();
        var shown = Certificates.gateway(pair.getPublic(), authority, pair.getPrivate());
        shown.verify(authority.getPublicKey());
        assertThat(shown.getSubjectAlternativeNames().toString())
                .isEqualTo("[[2, localhost], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1]]");
        Files.writeString(home.resolve("ca.p12"), "broken");
        CertificateAuthority.in(home);
        assertThat(Files.readString(home.resolve("ca.pem"))).isNotEqualTo(first);
    }
}
