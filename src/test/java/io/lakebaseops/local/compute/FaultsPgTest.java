package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.ComputeHost.ComputeState;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

final class FaultsPgTest {
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

    @AfterEach
    void clear() {
        fixture.room().faults("ep-main").clear();
    }

    @Test
    void latency_slows_each_round_trip() throws Exception {
        try (Connection connection = fixture.connect("ep-main")) {
            value(connection, "SELECT 1");
            fixture.room().faults("ep-main").latency(Duration.ofMillis(200));
            assertThat(millis(connection)).isGreaterThanOrEqualTo(200);
            fixture.room().faults("ep-main").clear();
            await().until(() -> millis(connection) < 200);
        }
    }

    @Test
    void a_frozen_pipe_answers_nothing_until_it_thaws() throws Exception {
        try (Connection connection = fixture.connect("ep-main")) {
            fixture.room().faults("ep-main").frozen(true);
            var answer =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return value(connection, "SELECT 42");
                                } catch (SQLException e) {
                                    return e.getMessage();
                                }
                            },
                            Thread::startVirtualThread);
            Thread.sleep(400);
            assertThat(answer).isNotDone();
            fixture.room().faults("ep-main").frozen(false);
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("42");
        }
    }

    @Test
    void a_frozen_pipe_can_be_cut() throws Exception {
        try (Connection connection = fixture.connect("ep-main")) {
            fixture.room().faults("ep-main").frozen(true);
            var answer =
                    CompletableFuture.runAsync(
                            () -> queryUnchecked(connection), Thread::startVirtualThread);
            Thread.sleep(200);
            fixture.room().faults("ep-main").cutConnections();
            assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void cut_connections_break_and_new_ones_work() throws SQLException {
        try (Connection connection = fixture.connect("ep-main")) {
            fixture.room().faults("ep-main").cutConnections();
            assertThatThrownBy(() -> value(connection, "SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connection again = fixture.connect("ep-main")) {
            assertThat(value(again, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refused_logins_fail_while_open_sessions_go_on() throws SQLException {
        try (Connection connection = fixture.connect("ep-main")) {
            fixture.room().faults("ep-main").refuseLogins(true);
            assertThatThrownBy(() -> fixture.connect("ep-main"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_killed_postmaster_is_seen_as_failed_and_the_next_connection_starts_it_again()
            throws SQLException {
        try (Connection connection = fixture.connect("ep-main")) {
            run(
                    connection,
                    "DROP TABLE IF EXISTS survives",
                    "CREATE TABLE survives AS SELECT g FROM generate_series(1, 1000) g");
            fixture.room().faults("ep-main").killPostmaster();
            assertThatThrownBy(() -> value(connection, "SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.room().status("ep-main").state() == ComputeState.FAILED);
        assertThat(fixture.room().status("ep-main").problem()).contains("ended unexpectedly");
        try (Connection again = fixture.connect("ep-main")) {
            assertThat(value(again, "SELECT count(*) FROM survives")).isEqualTo("1000");
        }
        assertThat(fixture.room().status("ep-main").state()).isEqualTo(ComputeState.RUNNING);
    }

    private static long millis(Connection connection) throws SQLException {
        long begin = System.nanoTime();
        value(connection, "SELECT 1");
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void queryUnchecked(Connection connection) {
        try {
            value(connection, "SELECT 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
