package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.EndpointRulesPgTest.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.postgres.CreateEndpointRequest;
import com.databricks.sdk.service.postgres.Endpoint;
import com.databricks.sdk.service.postgres.EndpointSpec;
import com.databricks.sdk.service.postgres.EndpointStatus;
import com.databricks.sdk.service.postgres.EndpointStatusState;
import com.databricks.sdk.service.postgres.EndpointType;
import com.databricks.sdk.service.postgres.UpdateEndpointRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

final class StandbyPgTest {
    @TempDir static Path dir;
    static SdkFixture sdk;
    static String production;
    static String primary;

    @BeforeAll
    static void start() throws SQLException {
        sdk = new SdkFixture(dir);
        production = sdk.project("shop") + "/branches/production";
        primary = production + "/endpoints/primary";
        try (Connection c = connect(primary)) {
            run(c, "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
        }
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void a_reader_has_an_address_of_its_own_follows_the_writer_and_shows_its_lag()
            throws Exception {
        String reader = reader("reader", new EndpointSpec());
        EndpointStatus status = status(reader);
        assertThat(status.getEndpointType()).isEqualTo(EndpointType.ENDPOINT_TYPE_READ_ONLY);
        assertThat(status.getCurrentState()).isEqualTo(EndpointStatusState.ACTIVE);
        assertThat(status.getHosts().getReadOnlyHost()).isEqualTo("127.0.0.1");
        assertThat(sdk.address(reader)).isNotEqualTo(sdk.address(primary));
        try (Connection write = connect(primary);
                Connection read = connect(reader)) {
            assertThat(value(read, "SELECT pg_is_in_recovery()")).isEqualTo("t");
            assertThat(value(read, "SELECT count(*) FROM t WHERE a = 1")).isEqualTo("1");
            assertThatThrownBy(() -> run(read, "INSERT INTO t VALUES (0)"))
                    .hasMessageContaining("read-only transaction");
            run(write, "INSERT INTO t VALUES (2)");
            await().until(() -> value(read, "SELECT count(*) FROM t WHERE a = 2").equals("1"));
            // Each is told a moment after the row can be seen.
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    value(
                                                            write,
                                                            "SELECT state || ' ' || (replay_lsn IS"
                                                                    + " NOT NULL) FROM"
                                                                    + " pg_stat_replication"))
                                            .isEqualTo("streaming true"));
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    value(
                                                            read,
                                                            "SELECT status FROM"
                                                                    + " pg_stat_wal_receiver"))
                                            .isEqualTo("streaming"));
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    value(
                                                            read,
                                                            "SELECT pg_last_xact_replay_timestamp()"
                                                                    + " IS NOT NULL"))
                                            .isEqualTo("t"));
        }
        assertThat(sdk.postgres().listEndpoints(production)).hasSize(2);
        assertThatThrownBy(() -> create("reader", new EndpointSpec()))
                .isInstanceOf(ResourceConflict.class);
        delete(reader);
        assertThatThrownBy(() -> sdk.postgres().getEndpoint(reader)).isInstanceOf(NotFound.class);
        try (Connection write = connect(primary)) {
            await().until(
                            () ->
                                    value(write, "SELECT count(*) FROM pg_stat_replication")
                                            .equals("0"));
        }
        try (var left = Files.walk(dir.resolve("branches"))) {
            assertThat(left.filter(p -> p.endsWith("standby.signal"))).isEmpty();
        }
    }

    @Test
    void a_sleeping_reader_wakes_with_what_was_written_meanwhile() throws Exception {
        String reader = reader("sleeper", suspend(1));
        await().atMost(java.time.Duration.ofSeconds(60))
                .until(() -> status(reader).getCurrentState() == EndpointStatusState.IDLE);
        try (Connection write = connect(primary)) {
            // Several segments and a checkpoint: the log it missed is only in the archive.
            run(
                    write,
                    "CREATE TABLE missed AS SELECT g, repeat('x', 900) f FROM"
                            + " generate_series(1, 40000) g");
            for (int i = 0; i < 4; i++) {
                run(write, "UPDATE missed SET f = f || 'y'");
            }
        }
        // The writer sleeps too, and is woken by the reader for a moment.
        sdk.disable(primary, true);
        try (Connection read = connect(reader)) {
            assertThat(value(read, "SELECT count(*) FROM missed WHERE f LIKE '%xyyyy'"))
                    .isEqualTo("40000");
            assertThatThrownBy(() -> connect(primary)).isInstanceOf(SQLException.class);
        }
        sdk.disable(primary, false);
        delete(reader);
    }

    @Test
    void a_reader_goes_on_while_the_writer_is_resized_or_sleeps() throws Exception {
        String reader = reader("steady", new EndpointSpec());
        resize(4);
        sdk.settled(reader);
        try (Connection write = connect(primary);
                Connection read = connect(reader)) {
            assertThat(value(write, "SHOW max_connections")).isEqualTo("839");
            assertThat(value(read, "SHOW max_connections")).isEqualTo("839");
            run(write, "CREATE TABLE resized (a int)");
            await().until(
                            () ->
                                    value(read, "SELECT to_regclass('resized') IS NOT NULL")
                                            .equals("t"));
            sdk.disable(primary, true);
            assertThat(value(read, "SELECT to_regclass('resized') IS NOT NULL")).isEqualTo("t");
            sdk.disable(primary, false);
        }
        try (Connection write = connect(primary);
                Connection read = connect(reader)) {
            run(write, "CREATE TABLE woken (a int)");
            await().until(() -> value(read, "SELECT to_regclass('woken') IS NOT NULL").equals("t"));
        }
        resize(1);
        delete(reader);
    }

    @Test
    void a_reader_whose_files_fit_a_larger_writer_is_copied_anew() throws Exception {
        resize(2);
        String reader = reader("large", suspend(1));
        await().atMost(java.time.Duration.ofSeconds(60))
                .until(() -> status(reader).getCurrentState() == EndpointStatusState.IDLE);
        resize(1);
        try (Connection read = connect(reader)) {
            assertThat(value(read, "SHOW max_connections")).isEqualTo("209");
            assertThat(value(read, "SELECT count(*) FROM t WHERE a = 1")).isEqualTo("1");
        }
        delete(reader);
    }

    @Test
    void readers_and_branches_of_the_past_survive_a_restart_of_the_server(@TempDir Path own)
            throws Exception {
        String at;
        String lsn;
        try (SdkFixture first = new SdkFixture(own)) {
            String branch = first.project("kept") + "/branches/production";
            first.done(create(first, branch, "reader", new EndpointSpec()));
            first.settled(branch + "/endpoints/reader");
            at = first.address(branch + "/endpoints/reader");
            String endpoint = branch + "/endpoints/primary";
            try (Connection write = first.connect(endpoint, first.token(endpoint))) {
                run(write, "CREATE TABLE t AS SELECT 1 AS a");
                lsn = value(write, "SELECT pg_current_wal_insert_lsn()");
                run(write, "DROP TABLE t");
            }
        }
        try (SdkFixture second = new SdkFixture(own)) {
            String reader = "projects/kept/branches/production/endpoints/reader";
            second.settled("projects/kept/branches/production/endpoints/primary");
            second.settled(reader);
            assertThat(second.address(reader)).isEqualTo(at);
            try (Connection read = second.connect(reader, second.token(reader))) {
                assertThat(value(read, "SELECT to_regclass('t') IS NULL")).isEqualTo("t");
            }
            String old =
                    second.branch(
                            "projects/kept", "old", SdkFixture.lasting().setSourceBranchLsn(lsn));
            String endpoint = old + "/endpoints/primary";
            try (Connection c = second.connect(endpoint, second.token(endpoint))) {
                assertThat(value(c, "SELECT a FROM t")).isEqualTo("1");
            }
        }
    }

    private static void resize(double cu) {
        sdk.done(
                sdk.postgres()
                        .updateEndpoint(
                                new UpdateEndpointRequest()
                                        .setName(primary)
                                        .setEndpoint(
                                                new Endpoint()
                                                        .setSpec(
                                                                new EndpointSpec()
                                                                        .setAutoscalingLimitMaxCu(
                                                                                cu)))
                                        .setUpdateMask(
                                                FieldMask.newBuilder()
                                                        .addAllPaths(
                                                                List.of(
                                                                        "spec.autoscaling_limit_max_cu"))
                                                        .build()))
                        .getName());
        sdk.settled(primary);
    }

    private static String reader(String id, EndpointSpec spec) {
        sdk.done(create(id, spec));
        String name = production + "/endpoints/" + id;
        sdk.settled(name);
        return name;
    }

    private static String create(String id, EndpointSpec spec) {
        return create(sdk, production, id, spec);
    }

    private static String create(SdkFixture on, String branch, String id, EndpointSpec spec) {
        return on.postgres()
                .createEndpoint(
                        new CreateEndpointRequest()
                                .setParent(branch)
                                .setEndpointId(id)
                                .setEndpoint(
                                        new Endpoint()
                                                .setSpec(
                                                        spec.setEndpointType(
                                                                EndpointType
                                                                        .ENDPOINT_TYPE_READ_ONLY))))
                .getName();
    }

    private static EndpointSpec suspend(long seconds) {
        return new EndpointSpec()
                .setSuspendTimeoutDuration(Duration.newBuilder().setSeconds(seconds).build());
    }

    private static void delete(String name) {
        sdk.done(sdk.postgres().deleteEndpoint(name).getName());
    }

    private static EndpointStatus status(String name) {
        return sdk.postgres().getEndpoint(name).getStatus();
    }

    private static Connection connect(String endpoint) throws SQLException {
        return sdk.connect(endpoint, sdk.token(endpoint));
    }

    private static void run(Connection c, String... statements) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }
}
