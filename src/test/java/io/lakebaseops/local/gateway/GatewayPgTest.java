package io.lakebaseops.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.ComputeHost.ComputeState;
import io.lakebaseops.local.compute.RoomFixture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

final class GatewayPgTest {
    private static final int CLIENTS = 60;

    @TempDir static Path dir;
    static RoomFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new RoomFixture(dir).withMain();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void many_clients_that_come_at_once_wake_one_compute_and_all_get_in() throws Exception {
        fixture.room()
                .updateEndpoint(
                        RoomFixture.spec(
                                "ep-main", "br-main", Duration.ofMillis(300), false, Map.of()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.room().status("ep-main").state() == ComputeState.STOPPED);
        // Asleep it stays so; woken, it stays up although clients may come late.
        fixture.room()
                .updateEndpoint(
                        RoomFixture.spec(
                                "ep-main", "br-main", Duration.ofHours(1), false, Map.of()));
        Callable<String> client =
                () -> {
                    try (Connection connection = fixture.connect("ep-main")) {
                        return RoomFixture.value(
                                connection, "SELECT pg_postmaster_start_time()::text");
                    }
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts =
                    IntStream.range(0, CLIENTS)
                            .mapToObj(i -> threads.submit(client))
                            .map(
                                    answer -> {
                                        try {
                                            return answer.get();
                                        } catch (Exception e) {
                                            throw new IllegalStateException(e);
                                        }
                                    })
                            .distinct()
                            .toList();
            assertThat(starts).hasSize(1);
        }
    }

    @Test
    void large_results_and_large_parameters_pass_unharmed() throws SQLException {
        try (Connection connection = fixture.connect("ep-main");
                var echo = connection.prepareStatement("SELECT md5(?::text), length(?::text)")) {
            String large = "zwölf Boxkämpfer ".repeat(500_000);
            echo.setString(1, large);
            echo.setString(2, large);
            try (var row = echo.executeQuery()) {
                row.next();
                assertThat(row.getInt(2)).isEqualTo(large.length());
            }
            String back =
                    RoomFixture.value(
                            connection,
                            "SELECT string_agg(md5(g::text), '' ORDER BY g) FROM generate_series(1,"
                                    + " 500000) g");
            assertThat(back).hasSize(16_000_000);
        }
    }

    @Test
    void a_client_that_speaks_something_else_is_closed_and_others_are_served() throws Exception {
        int port = fixture.room().status("ep-main").port();
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            stranger.setSoTimeout(60_000);
            stranger.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(closed(stranger)).isTrue();
        }
        try (Connection connection = fixture.connect("ep-main")) {
            assertThat(RoomFixture.value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    /// End of stream, or a reset because the gateway left some of the nonsense unread; never an
    /// answer, never a time-out.
    private static boolean closed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }
}
