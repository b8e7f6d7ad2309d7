package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.value;
import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.server.PostmasterPid;
import io.lakebaseops.local.compute.server.TemplateCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

final class StateServerPgTest {
    private static final ComputeHostOptions QUICK = ComputeHostOptions.defaults().withFsync(false);

    @TempDir Path dir;

    /// Runs in a JVM of its own: attaches, writes a row, and stays until its input ends.
    public static void main(String[] args) throws Exception {
        try (StateServer state = StateServer.attachOrStart(Path.of(args[0]), QUICK);
                Connection connection = connect(state)) {
            run(
                    connection,
                    "CREATE TABLE IF NOT EXISTS seen (pid bigint)",
                    "INSERT INTO seen VALUES (" + ProcessHandle.current().pid() + ")");
            System.out.println("attached " + state.jdbcUrl());
            while (System.in.read() >= 0) {}
        }
    }

    @Test
    void two_processes_share_one_server_and_the_last_to_leave_stops_it() throws Exception {
        Process other = CrashPgTest.otherJvm(StateServerPgTest.class, dir.toString());
        try (BufferedReader out = other.inputReader()) {
            String url = CrashPgTest.awaitLine(out, "attached ");
            try (StateServer state = StateServer.attachOrStart(dir, QUICK)) {
                assertThat(state.jdbcUrl()).isEqualTo(url);
                assertThat(running()).isTrue();
                other.getOutputStream().close(); // it detaches and ends
                assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(running()).as("the second one still needs it").isTrue();
                try (Connection connection = connect(state)) {
                    assertThat(value(connection, "SELECT pid FROM seen"))
                            .isEqualTo(Long.toString(other.pid()));
                }
            }
        }
        assertThat(running()).isFalse();
    }

    @Test
    void a_killed_process_no_longer_counts_and_its_server_goes_on_for_the_others()
            throws Exception {
        Process other = CrashPgTest.otherJvm(StateServerPgTest.class, dir.toString());
        try (BufferedReader out = other.inputReader()) {
            CrashPgTest.awaitLine(out, "attached ");
            StateServer state = StateServer.attachOrStart(dir, QUICK);
            other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            try (Connection connection = connect(state)) {
                assertThat(value(connection, "SELECT count(*) FROM seen")).isEqualTo("1");
            }
            state.close();
        }
        assertThat(running()).isFalse();
    }

    @Test
    void a_server_whose_last_user_was_killed_is_stopped_without_a_next_one() throws Exception {
        Process other = CrashPgTest.otherJvm(StateServerPgTest.class, dir.toString());
        try (BufferedReader out = other.inputReader()) {
            CrashPgTest.awaitLine(out, "attached ");
            assertThat(running()).isTrue();
            other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60)).until(() -> !running());
        }
    }

    @Test
    void several_users_in_one_process_start_it_once_and_share_it() throws Exception {
        List<StateServer> servers;
        try (var threads = Executors.newFixedThreadPool(4)) {
            var some =
                    IntStream.range(0, 4)
                            .mapToObj(
                                    _ ->
                                            CompletableFuture.supplyAsync(
                                                    () -> StateServer.attachOrStart(dir, QUICK),
                                                    threads))
                            .toList();
            servers = some.stream().map(CompletableFuture::join).toList();
        }
        assertThat(servers.stream().map(StateServer::jdbcUrl).distinct()).hasSize(1);
        servers.subList(1, 4).forEach(StateServer::close);
        try (Connection connection = connect(servers.getFirst())) {
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
        servers.getFirst().close();
        servers.getFirst().close(); // once more does nothing
        assertThat(running()).isFalse();
    }

    @Test
    void data_address_and_password_stay_and_strangers_are_refused() throws Exception {
        String url;
        String password;
        long first = System.nanoTime();
        try (StateServer state = StateServer.attachOrStart(dir, QUICK);
                Connection connection = connect(state)) {
            System.out.printf("state server, first: %d ms%n", millisSince(first));
            run(connection, "CREATE TABLE kept AS SELECT 3 AS three");
            url = state.jdbcUrl();
            password = state.password();
            assertThat(
                            value(
                                    connection,
                                    "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThatThrownBy(() -> DriverManager.getConnection(url, state.user(), "guess"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(
                            () -> DriverManager.getConnection(url, TemplateCluster.SUPERUSER, ""))
                    .isInstanceOf(SQLException.class);
        }
        assertOwnerOnly(dir.resolve("access.properties"));
        long later = System.nanoTime();
        try (StateServer state = StateServer.attachOrStart(dir, QUICK);
                Connection connection = connect(state)) {
            System.out.printf("state server, later: %d ms%n", millisSince(later));
            assertThat(value(connection, "SELECT three FROM kept")).isEqualTo("3");
            assertThat(state.jdbcUrl()).isEqualTo(url);
            assertThat(state.password()).isEqualTo(password);
        }
    }

    @Test
    void a_killed_server_is_started_again_at_the_same_address() throws Exception {
        try (StateServer state = StateServer.attachOrStart(dir, QUICK)) {
            ProcessHandle server =
                    PostmasterPid.read(dir.resolve("data")).orElseThrow().process().orElseThrow();
            String url = state.jdbcUrl();
            var children = server.descendants().toList();
            server.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            server.onExit().get(60, TimeUnit.SECONDS);
            state.ensureRunning();
            assertThat(state.jdbcUrl()).isEqualTo(url);
            try (Connection connection = connect(state)) {
                assertThat(value(connection, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    private boolean running() {
        return PostmasterPid.read(dir.resolve("data")).flatMap(PostmasterPid::process).isPresent();
    }

    private static Connection connect(StateServer state) throws SQLException {
        return DriverManager.getConnection(state.jdbcUrl(), state.user(), state.password());
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
