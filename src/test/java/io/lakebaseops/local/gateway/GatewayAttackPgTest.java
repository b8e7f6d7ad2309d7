package io.lakebaseops.local.gateway;

import static io.lakebaseops.local.gateway.EncryptionPgTest.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.RoomFixture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What strangers send to an endpoint's port. Afterwards, and meanwhile, everybody else gets in.
final class GatewayAttackPgTest {
    private static final String OWNER = RoomFixture.OWNER;

    @TempDir static Path dir;
    static RoomFixture fixture;
    static int port;

    @BeforeAll
    static void open() {
        fixture = new RoomFixture(dir).withMain();
        port = fixture.room().status("ep-main").port();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4, 7, 10_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_start_up_packet_of_an_impossible_length_is_cut_off(int length) throws Exception {
        assertThat(answer(ByteBuffer.allocate(4).putInt(length).array())).isEmpty();
        served();
    }

    @Test
    void encryption_is_asked_for_once_of_each_kind() throws Exception {
        byte[] ssl = ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();
        byte[] gss = ByteBuffer.allocate(8).putInt(8).putInt(80877104).array();
        assertThat(answer(many(gss, 20_000))).isEqualTo("N");
        // The second one is no ClientHello.
        assertThat(answer(many(ssl, 20_000))).startsWith("S").hasSizeLessThan(20);
        assertThat(answer(joined(gss, many(ssl, 100)))).startsWith("NS");
        served();
    }

    private static byte[] many(byte[] packet, int times) {
        ByteBuffer all = ByteBuffer.allocate(packet.length * times);
        for (int i = 0; i < times; i++) {
            all.put(packet);
        }
        return all.array();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user\0cloud_admin\0database\0postgres\0\0",
                "user\0OWNER\0user\0cloud_admin\0\0",
                "user\0cloud_admin\0options\0-c is_superuser=off\0\0"
            })
    void nobody_logs_in_as_the_superuser(String parameters) throws Exception {
        assertThat(login(parameters.replace("OWNER", OWNER), RoomFixture.PASSWORD))
                .contains("C28P01");
    }

    /// The right password, and more in the packet than a client would send.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user\0cloud_admin\0user\0OWNER\0database\0databricks_postgres\0\0",
                "user\0OWNER\0database\0databricks_postgres\0\0user\0cloud_admin\0\0",
                "user\0OWNER\0database\0databricks_postgres\0options\0-c role=cloud_admin\0\0",
                "user\0OWNER\0database\0databricks_postgres\0role\0cloud_admin\0\0",
                "user\0OWNER\0database\0databricks_postgres\0session_authorization\0"
                        + "cloud_admin\0\0"
            })
    void nobody_becomes_the_superuser_by_the_packet(String parameters) throws Exception {
        String answer =
                login(
                        parameters.replace("OWNER", OWNER),
                        RoomFixture.PASSWORD,
                        query("SELECT 'I am ' || current_user || ' of ' || session_user"));
        assertThat(answer).doesNotContain("I am cloud_admin", "of cloud_admin");
        assertThat(answer)
                .satisfiesAnyOf(
                        a -> assertThat(a).contains("I am " + OWNER + " of " + OWNER),
                        a -> assertThat(a).contains("SFATAL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", "1", "database", "YES", "t"})
    void replication_is_refused_in_any_spelling(String word) throws Exception {
        assertThat(answer(startup("user\0" + OWNER + "\0replication\0" + word + "\0\0")))
                .contains("C0A000");
    }

    @Test
    void whoever_says_no_replication_gets_in() throws Exception {
        String parameters = "user\0%s\0database\0databricks_postgres\0replication\0off\0\0";
        assertThat(
                        login(
                                parameters.formatted(OWNER),
                                RoomFixture.PASSWORD,
                                query("SELECT 'let ' || 'in'")))
                .contains("let in");
    }

    @Test
    void what_is_no_password_is_refused() throws Exception {
        String parameters = "user\0" + OWNER + "\0database\0databricks_postgres\0\0";
        for (String password :
                List.of("", "guess", RoomFixture.PASSWORD + " ", "x".repeat(65_000))) {
            assertThat(login(parameters, password)).contains("C28P01");
        }
        assertThat(login(parameters, "x".repeat(1_000_000))).doesNotContain("C28P01");
        byte[] negative = ByteBuffer.allocate(5).put((byte) 'p').putInt(-7).array();
        byte[] query = query("SELECT 1");
        for (byte[] instead : List.of(negative, query)) {
            assertThat(answer(joined(startup(parameters), instead))).hasSizeLessThan(10);
        }
        served();
    }

    @Test
    void a_guessed_cancel_key_stops_nobody() throws Exception {
        try (Connection c = fixture.connect("ep-main")) {
            int pid = Integer.parseInt(RoomFixture.value(c, "SELECT pg_backend_pid()"));
            Random random = new Random(7);
            var sleeping =
                    Thread.ofVirtual().unstarted(() -> value(c, "SELECT pg_sleep(1) IS NULL"));
            sleeping.start();
            for (int i = 0; i < 100; i++) {
                answer(
                        ByteBuffer.allocate(16)
                                .putInt(16)
                                .putInt(80877102)
                                .putInt(pid)
                                .putInt(random.nextInt())
                                .array());
            }
            sleeping.join();
            assertThat(value(c, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    private static String value(Connection c, String sql) {
        try {
            return RoomFixture.value(c, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Thousands that never log in, each with a password announced and one byte of it sent.
    @Test
    void a_flood_of_half_open_logins_keeps_nobody_out() throws Exception {
        byte[] half = joined(startup("user\0" + OWNER + "\0\0"), new byte[] {'p', 0, 1, 0, 0, 'x'});
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 1_500; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                flood.add(socket);
                socket.getOutputStream().write(half);
            }
            long began = System.nanoTime();
            served();
            System.out.println(
                    "login beside "
                            + flood.size()
                            + " half-open ones: "
                            + Duration.ofNanos(System.nanoTime() - began).toMillis()
                            + " ms");
            // The oldest were pushed out, well before their 30 seconds were over.
            Socket oldest = flood.getFirst();
            oldest.setSoTimeout(60_000);
            assertThat(read(oldest)).startsWith("R").hasSize(9);
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
    }

    /// Who is gone leaves no statement running (`client_connection_check_interval`).
    @Test
    void a_statement_ends_soon_after_its_client_is_gone() throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.getOutputStream()
                .write(
                        joined(
                                startup("user\0" + OWNER + "\0database\0databricks_postgres\0\0"),
                                password(RoomFixture.PASSWORD)));
        client.getOutputStream()
                .write(
                        query(
                                "SET client_connection_check_interval = '200ms';"
                                        + " SELECT pg_sleep(500), 'left alone'"));
        String running =
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%left alone%'"
                        + " AND pid <> pg_backend_pid() AND state = 'active'";
        try (Connection c = fixture.connect("ep-main")) {
            // Ten seconds are not waited for here.
            assertThat(value(c, "SHOW client_connection_check_interval")).isEqualTo("10s");
            await().atMost(Duration.ofMinutes(1)).until(() -> value(c, running).equals("1"));
            client.close();
            await().atMost(Duration.ofMinutes(2)).until(() -> value(c, running).equals("0"));
        }
    }

    private static void served() throws SQLException {
        try (Connection connection = fixture.connect("ep-main")) {
            assertThat(RoomFixture.value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    private static String login(String parameters, String password, byte[]... then)
            throws IOException {
        byte[] all = joined(startup(parameters), password(password));
        for (byte[] next : then) {
            all = joined(all, next);
        }
        return answer(joined(all, new byte[] {'X', 0, 0, 0, 4}));
    }

    private static byte[] password(String text) {
        return message('p', text);
    }

    private static byte[] query(String sql) {
        return message('Q', sql);
    }

    private static byte[] message(char type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 6)
                .put((byte) type)
                .putInt(bytes.length + 5)
                .put(bytes)
                .put((byte) 0)
                .array();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
    }

    /// All that comes back until the gateway closes.
    private static String answer(byte[] sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            try {
                socket.getOutputStream().write(sent);
            } catch (IOException closedMeanwhile) {
                // what it said before is read below
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[4096];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                all.write(piece, 0, n);
            }
        } catch (SocketException reset) {
            // closed with something of ours unread
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
