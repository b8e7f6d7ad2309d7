package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.ComputeHost.DatabaseSpec;
import io.lakebaseops.local.compute.ComputeHost.RoleSpec;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.TemplateCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

final class RolesPgTest {
    private static final String ODD = "O'Brien \"the\" Größe.select; --";

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

    /// Whoever may connect could keep a suspended compute awake, and cost money, by guessing.
    @Test
    void a_wrong_password_starts_a_stopped_server_once_and_not_again() throws Exception {
        var room = fixture.room();
        room.createRoot("br-asleep", RoomFixture.OWNER, 1);
        room.createRole("br-asleep", new RoleSpec("app", true, false, false, false, List.of()));
        assertThat(room.passwordFits("br-asleep", "app", "guess")).isFalse();
        var pid = dir.resolve("branches/br-asleep/data/postmaster.pid");
        await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(pid));
        for (int i = 0; i < 20; i++) {
            assertThat(room.passwordFits("br-asleep", i % 2 == 0 ? "app" : "nobody" + i, "x" + i))
                    .isFalse();
        }
        assertThat(pid).as("nobody woke it").doesNotExist();

        // A password given meanwhile counts at once, awake and asleep.
        room.openEndpoint(RoomFixture.spec("ep-asleep", "br-asleep"));
        try (Connection connection = fixture.connect("ep-asleep")) {
            run(connection, "ALTER ROLE app PASSWORD 'right one'");
            assertThat(room.passwordFits("br-asleep", "app", "right one")).isTrue();
            run(connection, "ALTER ROLE app PASSWORD 'another'");
            assertThat(room.passwordFits("br-asleep", "app", "right one")).isFalse();
        }
        room.drop("br-asleep");
    }

    @Test
    void the_owner_is_powerful_but_no_superuser() throws SQLException {
        try (Connection owner = fixture.connect("ep-main")) {
            assertThat(
                            value(
                                    owner,
                                    "SELECT rolsuper::text || rolreplication || rolcreatedb ||"
                                            + " rolcreaterole || rolbypassrls FROM pg_roles WHERE"
                                            + " rolname = current_user"))
                    .isEqualTo("falsefalsetruetruetrue");
            for (String right :
                    List.of(
                            "databricks_superuser",
                            "pg_monitor",
                            "pg_read_all_data",
                            "pg_write_all_data",
                            "pg_signal_backend",
                            "pg_maintain")) {
                assertThat(
                                value(
                                        owner,
                                        "SELECT pg_has_role(current_user, '"
                                                + right
                                                + "', 'USAGE')"))
                        .as(right)
                        .isEqualTo("t");
            }
            run(
                    owner,
                    "SELECT pg_stat_statements_reset()",
                    "CREATE SCHEMA mine",
                    "CREATE EXTENSION pgstattuple",
                    "CREATE EXTENSION pg_buffercache");
            assertThatThrownBy(() -> run(owner, "COPY (SELECT 1) TO PROGRAM 'id'"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(owner, "SELECT pg_read_file('/etc/passwd')"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(owner, "SET ROLE " + TemplateCluster.SUPERUSER))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(owner, "ALTER SYSTEM SET work_mem = '1GB'"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(
                            () ->
                                    run(
                                            owner,
                                            "SELECT pg_create_logical_replication_slot('s',"
                                                    + " 'test_decoding')"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void signalling_and_maintenance_can_be_switched_off() throws SQLException {
        fixture.room().rights("br-main", false, false);
        try (Connection owner = fixture.connect("ep-main")) {
            assertThat(
                            value(
                                    owner,
                                    "SELECT pg_has_role(current_user, 'pg_signal_backend',"
                                            + " 'MEMBER')::text || pg_has_role(current_user,"
                                            + " 'pg_maintain', 'MEMBER')"))
                    .isEqualTo("falsefalse");
        }
        fixture.room().rights("br-main", true, true);
        try (Connection owner = fixture.connect("ep-main")) {
            assertThat(
                            value(
                                    owner,
                                    "SELECT pg_has_role(current_user, 'pg_signal_backend',"
                                            + " 'USAGE')"))
                    .isEqualTo("t");
        }
    }

    @Test
    void roles_and_databases_with_odd_names_come_and_go() throws SQLException {
        ComputeHost room = fixture.room();
        RoleSpec reader = new RoleSpec(ODD, true, false, false, false, List.of("pg_monitor"));
        room.createRole("br-main", reader);
        assertThat(room.roles("br-main")).contains(reader).hasSize(2);
        assertThatThrownBy(() -> room.createRole("br-main", reader))
                .isInstanceOf(ComputeException.class)
                .extracting(e -> ((ComputeException) e).sqlState())
                .isEqualTo("42710");
        room.createDatabase("br-main", new DatabaseSpec("db " + ODD, ODD));
        assertThat(room.databases("br-main"))
                .containsExactlyInAnyOrder(
                        new DatabaseSpec("databricks_postgres", RoomFixture.OWNER),
                        new DatabaseSpec("db " + ODD, ODD));
        RoleSpec stronger =
                new RoleSpec(ODD, true, true, false, true, List.of("databricks_superuser"));
        room.alterRole("br-main", stronger);
        assertThat(room.roles("br-main")).contains(stronger);
        try (Connection connection =
                DriverManager.getConnection(fixture.url("ep-main"), ODD, RoomFixture.PASSWORD)) {
            run(connection, "CREATE TABLE IF NOT EXISTS pg_temp.t (i int)");
        }
        assertThatThrownBy(() -> room.dropRole("br-main", ODD, null))
                .isInstanceOf(ComputeException.class)
                .extracting(e -> ((ComputeException) e).sqlState())
                .isEqualTo("2BP01");
        room.dropRole("br-main", ODD, RoomFixture.OWNER);
        assertThat(room.databases("br-main"))
                .contains(new DatabaseSpec("db " + ODD, RoomFixture.OWNER));
        room.dropDatabase("br-main", "db " + ODD);
        assertThat(room.databases("br-main")).hasSize(1);
        assertThat(room.roles("br-main"))
                .extracting(RoleSpec::name)
                .containsExactly(RoomFixture.OWNER);
    }
}
