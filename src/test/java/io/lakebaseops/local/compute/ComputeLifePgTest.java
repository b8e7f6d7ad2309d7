package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.spec;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.ComputeHost.ComputeState;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.platform.ServerHosting;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class ComputeLifePgTest {
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
    void a_client_logs_in_through_the_gateway_as_the_owner() throws SQLException {
        try (Connection connection = fixture.connect("ep-main")) {
            assertThat(value(connection, "SELECT current_user")).isEqualTo(RoomFixture.OWNER);
            assertThat(value(connection, "SELECT current_database()"))
                    .isEqualTo("databricks_postgres");
            assertThat(value(connection, "SHOW server_version_num")).startsWith("17");
            assertThat(value(connection, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(value(connection, "SELECT upper('größe ñ')")).isEqualTo("GRÖßE Ñ");
            assertThat(value(connection, "SHOW track_io_timing")).isEqualTo("on");
            assertThat(value(connection, "SHOW track_wal_io_timing")).isEqualTo("on");
            assertThat(value(connection, "SHOW listen_addresses"))
                    .isEqualTo(
                            ServerHosting.ofThisSystem() instanceof ServerHosting.ByLoopback
                                    ? "127.0.0.1"
                                    : "");
            assertThat(value(connection, "SELECT count(*) >= 0 FROM pg_stat_statements"))
                    .isEqualTo("t");
        }
    }

    @Test
    void an_idle_compute_stops_and_wakes_with_its_data_but_without_its_statistics()
            throws SQLException {
        fixture.room().createRoot("br-idle", RoomFixture.OWNER, 1);
        fixture.room()
                .openEndpoint(spec("ep-idle", "br-idle", Duration.ofMillis(300), false, Map.of()));
        try (Connection connection = fixture.connect("ep-idle")) {
            run(
                    connection,
                    "CREATE TABLE kept AS SELECT g FROM generate_series(1, 500) g",
                    "DELETE FROM kept WHERE g > 400",
                    "SELECT pg_stat_force_next_flush()");
            assertThat(value(connection, "SELECT count(*) FROM pg_stat_statements"))
                    .isNotEqualTo("0");
            assertThat(
                            value(
                                    connection,
                                    "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname ="
                                            + " 'kept'"))
                    .isEqualTo("100");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.room().status("ep-idle").state() == ComputeState.STOPPED);
        try (Connection connection = fixture.connect("ep-idle")) {
            assertThat(value(connection, "SELECT count(*) FROM kept")).isEqualTo("400");
            assertThat(
                            value(
                                    connection,
                                    "SELECT coalesce(sum(n_dead_tup + n_tup_ins), 0) FROM"
                                            + " pg_stat_user_tables"))
                    .isEqualTo("0");
            assertThat(
                            value(
                                    connection,
                                    "SELECT count(*) FROM pg_stat_statements WHERE query LIKE"
                                            + " 'CREATE TABLE kept%'"))
                    .isEqualTo("0");
            assertThat(fixture.room().status("ep-idle").state()).isEqualTo(ComputeState.RUNNING);
        }
        fixture.room().drop("br-idle");
    }

    @Test
    void a_connected_client_keeps_the_compute_up() throws Exception {
        fixture.room().createRoot("br-busy", RoomFixture.OWNER, 1);
        fixture.room()
                .openEndpoint(spec("ep-busy", "br-busy", Duration.ofMillis(200), false, Map.of()));
        try (Connection connection = fixture.connect("ep-busy")) {
            Thread.sleep(900);
            assertThat(fixture.room().status("ep-busy").state()).isEqualTo(ComputeState.RUNNING);
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
        fixture.room().drop("br-busy");
    }

    @Test
    void a_disabled_endpoint_refuses_and_stops_until_it_is_enabled() throws SQLException {
        fixture.room().createRoot("br-off", RoomFixture.OWNER, 1);
        fixture.room().openEndpoint(spec("ep-off", "br-off", null, true, Map.of()));
        assertThat(fixture.room().status("ep-off").state()).isEqualTo(ComputeState.STOPPED);
        assertThatThrownBy(() -> fixture.connect("ep-off"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("disabled")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57P03");
        fixture.room().updateEndpoint(spec("ep-off", "br-off"));
        try (Connection connection = fixture.connect("ep-off")) {
            fixture.room().updateEndpoint(spec("ep-off", "br-off", null, true, Map.of()));
            assertThatThrownBy(() -> value(connection, "SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(fixture.room().status("ep-off").state()).isEqualTo(ComputeState.STOPPED);
        fixture.room().drop("br-off");
    }

    @Test
    void the_plan_of_a_slow_statement_stands_in_the_log() throws Exception {
        try (Connection connection = fixture.connect("ep-main")) {
            value(connection, "SELECT pg_sleep(1.02)");
        }
        String log = Files.readString(ServerLog.of(dir, "br-main"));
        assertThat(log)
                .containsPattern("LOG:  duration: 1\\d{3}\\.\\d+ ms  plan:\n\t\\{\n")
                .contains("\"Query Text\": \"SELECT pg_sleep(1.02)\"")
                .containsPattern("\"Query Identifier\": -?\\d+\n\t}");
    }

    @Test
    void a_wrong_password_is_refused_and_an_expired_one_only_at_the_next_login()
            throws SQLException {
        fixture.passwords().add("short-lived");
        try (Connection connection =
                DriverManager.getConnection(
                        fixture.url("ep-main"), RoomFixture.OWNER, "short-lived")) {
            fixture.passwords().remove("short-lived");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
        for (String bad : new String[] {"short-lived", "never-issued"}) {
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            fixture.url("ep-main"), RoomFixture.OWNER, bad))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
        }
    }

    @Test
    void nobody_enters_as_the_internal_superuser_or_for_replication() {
        assertThatThrownBy(
                        () ->
                                DriverManager.getConnection(
                                        fixture.url("ep-main"),
                                        TemplateCluster.SUPERUSER,
                                        RoomFixture.PASSWORD))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("28P01");
        assertThatThrownBy(
                        () ->
                                DriverManager.getConnection(
                                        fixture.url("ep-main")
                                                + "&replication=database&assumeMinServerVersion=17&preferQueryMode=simple",
                                        RoomFixture.OWNER,
                                        RoomFixture.PASSWORD))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("0A000");
    }

    @Test
    void a_cancel_request_reaches_the_right_backend() throws Exception {
        try (Connection connection = fixture.connect("ep-main");
                Connection witness = fixture.connect("ep-main");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Statement statement = connection.createStatement()) {
            var sleeping =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    statement.execute("SELECT pg_sleep(30)");
                                    return "finished";
                                } catch (SQLException e) {
                                    return e.getSQLState();
                                }
                            },
                            threads);
            await().until(
                            () ->
                                    value(
                                                    witness,
                                                    "SELECT count(*) FROM pg_stat_activity WHERE"
                                                            + " wait_event = 'PgSleep'")
                                            .equals("1"));
            statement.cancel();
            assertThat(sleeping.get(60, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void connections_follow_the_compute_units_as_on_the_platform() throws SQLException {
        assertThat(ServerSettings.maxConnections(0.5)).isEqualTo(104);
        assertThat(ServerSettings.maxConnections(1)).isEqualTo(209);
        assertThat(ServerSettings.maxConnections(2)).isEqualTo(419);
        assertThat(ServerSettings.maxConnections(4)).isEqualTo(839);
        assertThat(ServerSettings.maxConnections(64)).isEqualTo(4000);
        try (Connection connection = fixture.connect("ep-main")) {
            assertThat(value(connection, "SHOW max_connections")).isEqualTo("209");
        }
    }

    @Test
    void settings_of_an_endpoint_are_applied_and_dangerous_ones_are_refused() throws SQLException {
        fixture.room().createRoot("br-set", RoomFixture.OWNER, 1);
        fixture.room().openEndpoint(spec("ep-set", "br-set"));
        fixture.room()
                .updateEndpoint(spec("ep-set", "br-set", null, false, Map.of("work_mem", "7MB")));
        try (Connection connection = fixture.connect("ep-set")) {
            assertThat(value(connection, "SHOW work_mem")).isEqualTo("7MB");
        }
        assertThatThrownBy(
                        () ->
                                fixture.room()
                                        .updateEndpoint(
                                                spec(
                                                        "ep-set",
                                                        "br-set",
                                                        null,
                                                        false,
                                                        Map.of("archive_command", "rm -rf /"))))
                .isInstanceOf(ComputeException.class);
        fixture.room().drop("br-set");
    }

    @Test
    void a_setting_the_server_rejects_is_reported_as_a_failed_compute() {
        fixture.room().createRoot("br-bad", RoomFixture.OWNER, 1);
        assertThatThrownBy(
                        () ->
                                fixture.room()
                                        .openEndpoint(
                                                spec(
                                                        "ep-bad",
                                                        "br-bad",
                                                        null,
                                                        false,
                                                        Map.of("work_mem", "much"))))
                .hasMessageContaining("work_mem");
        assertThat(fixture.room().status("ep-bad").state()).isEqualTo(ComputeState.FAILED);
        assertThat(fixture.room().status("ep-bad").problem()).contains("work_mem");
        fixture.room().drop("br-bad");
    }

    @Test
    void a_second_room_on_the_same_directory_is_refused() {
        assertThatThrownBy(() -> new RoomFixture(dir))
                .isInstanceOf(ComputeException.class)
                .hasMessageContaining("in use");
    }
}
