package io.lakebaseops.local.compute.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.compute.RoomFixture;
import io.lakebaseops.platform.ServerHosting;
import io.lakebaseops.testing.Fastest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

final class FirstStartPgTest {
    @TempDir Path dir;

    private ComputeHostOptions withCache() {
        return new ComputeHostOptions(
                dir.resolve("cache"),
                true,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                true,
                true,
                ServerHosting.ofThisSystem());
    }

    @Test
    void rooms_that_start_at_once_on_an_empty_cache_unpack_one_server_and_one_template()
            throws Exception {
        long first = System.nanoTime();
        var threads = Executors.newFixedThreadPool(2);
        var rooms =
                List.of("a", "b").stream()
                        .map(
                                name ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        new RoomFixture(
                                                                        dir.resolve(name),
                                                                        withCache())
                                                                .withMain(),
                                                threads))
                        .toList();
        threads.shutdown();
        for (var room : rooms) {
            try (RoomFixture fixture = room.join();
                    Connection connection = fixture.connect("ep-main")) {
                assertThat(RoomFixture.value(connection, "SELECT 1")).isEqualTo("1");
            }
        }
        System.out.printf("two first starts at once: %d ms%n", millisSince(first));
        try (var cached = Files.list(dir.resolve("cache"))) {
            assertThat(cached.map(p -> p.getFileName().toString()))
                    .as("the server, the template and its spares")
                    .hasSize(3)
                    .allMatch(name -> name.startsWith("postgres-"));
        }
        var later = Fastest.of(5, Duration.ofSeconds(5), () -> Fastest.wall(this::startAgain));
        System.out.printf("later start: %d ms%n", later.toMillis());
    }

    private boolean startAgain() throws SQLException {
        try (RoomFixture fixture = new RoomFixture(dir.resolve("a"), withCache())) {
            fixture.room().openEndpoint(RoomFixture.spec("ep-main", "br-main"));
            fixture.connect("ep-main").close();
            return true;
        }
    }

    @Test
    void a_room_deep_in_the_file_system_keeps_its_sockets_elsewhere() throws SQLException {
        Path deep = dir.resolve("x".repeat(60)).resolve("a room, with 'odd' näme".repeat(3));
        try (RoomFixture fixture =
                        new RoomFixture(deep, ComputeHostOptions.defaults().withFsync(false))
                                .withMain();
                Connection connection = fixture.connect("ep-main")) {
            assertThat(RoomFixture.value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_root_whose_owner_cannot_be_made_leaves_nothing_behind() {
        try (RoomFixture fixture =
                new RoomFixture(dir.resolve("r"), ComputeHostOptions.defaults().withFsync(false))) {
            assertThatThrownBy(() -> fixture.room().createRoot("br-1", "pg_not_allowed", 1))
                    .isInstanceOf(ComputeException.class)
                    .hasMessageContaining("pg_");
            assertThat(dir.resolve("r/branches/br-1")).doesNotExist();
            fixture.room().createRoot("br-1", RoomFixture.OWNER, 1);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
