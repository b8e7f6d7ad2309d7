package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.postgres.CreateEndpointRequest;
import com.databricks.sdk.service.postgres.Endpoint;
import com.databricks.sdk.service.postgres.EndpointGroupSpec;
import com.databricks.sdk.service.postgres.EndpointSettings;
import com.databricks.sdk.service.postgres.EndpointSpec;
import com.databricks.sdk.service.postgres.EndpointStatus;
import com.databricks.sdk.service.postgres.EndpointStatusState;
import com.databricks.sdk.service.postgres.EndpointType;
import com.databricks.sdk.service.postgres.UpdateEndpointRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

final class EndpointRulesPgTest {
    @TempDir static Path dir;
    static SdkFixture sdk;
    static String production;
    static String primary;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        production = sdk.project("shop") + "/branches/production";
        primary = production + "/endpoints/primary";
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void limits_outside_the_range_or_too_wide_are_refused() {
        refused(limits(0.25, 1), "0.5 <= min <= max <= 64");
        refused(limits(1, 65), "0.5 <= min <= max <= 64");
        refused(limits(4, 2), "0.5 <= min <= max <= 64");
        refused(limits(1, 18), "at most 16");
        sdk.done(update(limits(0.5, 2), min(), max()));
        EndpointStatus status = sdk.settled(primary).getStatus();
        assertThat(status.getAutoscalingLimitMinCu()).isEqualTo(0.5);
        assertThat(status.getAutoscalingLimitMaxCu()).isEqualTo(2.0);
    }

    @Test
    void suspension_is_one_group_within_its_bounds() {
        invalid(() -> update(suspend(700_000), "spec.suspension"), "between 60s and 604800s");
        invalid(() -> update(suspend(0), "spec.suspension"), "between 60s and 604800s");
        invalid(
                () -> update(suspend(90), "spec.suspend_timeout_duration"),
                "Unknown field path in update_mask");
        invalid(
                () -> update(suspend(90).setNoSuspension(true), "spec.suspension"),
                "no_suspension");
        sdk.done(update(new EndpointSpec().setNoSuspension(true), "spec.suspension"));
        assertThat(sdk.settled(primary).getStatus().getSuspendTimeoutDuration()).isNull();
        sdk.done(update(suspend(90), "spec.suspension"));
        assertThat(sdk.settled(primary).getStatus().getSuspendTimeoutDuration().getSeconds())
                .isEqualTo(90);
    }

    @Test
    void a_change_ends_before_the_compute_has_followed() {
        try (var _ = sdk.paused(production)) {
            sdk.done(update(new EndpointSpec().setDisabled(true), "spec.disabled"));
            assertThat(status().getPendingState()).isEqualTo(EndpointStatusState.IDLE);
            assertThatThrownBy(() -> sdk.postgres().deleteEndpoint(primary))
                    .isInstanceOf(ResourceConflict.class)
                    .hasMessageContaining("reconciliation");
        }
        assertThat(sdk.settled(primary).getStatus())
                .returns(EndpointStatusState.IDLE, EndpointStatus::getCurrentState)
                .returns(true, EndpointStatus::getDisabled);
        String token = sdk.token(primary);
        assertThatThrownBy(() -> sdk.connect(primary, token).close())
                .isInstanceOf(SQLException.class);
        sdk.done(update(new EndpointSpec().setDisabled(false), "spec.disabled"));
        assertThat(sdk.settled(primary).getStatus().getCurrentState())
                .isEqualTo(EndpointStatusState.ACTIVE);
        assertThatThrownBy(() -> sdk.postgres().deleteEndpoint(primary))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("goes with its branch");
    }

    @Test
    void an_idle_compute_sleeps_and_a_connection_wakes_it() throws SQLException {
        sdk.done(update(suspend(1), "spec.suspension"));
        sdk.settled(primary);
        await().atMost(java.time.Duration.ofSeconds(60))
                .until(() -> status().getCurrentState() == EndpointStatusState.IDLE);
        assertThat(status().getLastActiveTime()).isNotNull();
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            assertThat(value(c, "SELECT 1")).isEqualTo("1");
            assertThat(status().getCurrentState()).isEqualTo(EndpointStatusState.ACTIVE);
        }
        sdk.done(update(suspend(3600), "spec.suspension"));
        sdk.settled(primary);
    }

    @Test
    void settings_reach_the_compute() throws SQLException {
        EndpointSettings settings = new EndpointSettings().setPgSettings(Map.of("work_mem", "7MB"));
        sdk.done(update(new EndpointSpec().setSettings(settings), "spec.settings"));
        assertThat(sdk.settled(primary).getStatus().getSettings().getPgSettings())
                .containsEntry("work_mem", "7MB");
        try (Connection c = sdk.connect(primary, sdk.token(primary))) {
            assertThat(value(c, "SHOW work_mem")).isEqualTo("7MB");
        }
    }

    @Test
    void a_branch_has_one_read_write_endpoint_and_no_groups() {
        assertThatThrownBy(() -> create("second", EndpointType.ENDPOINT_TYPE_READ_WRITE, false))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("already has a read-write endpoint");
        assertThatThrownBy(() -> create("primary", EndpointType.ENDPOINT_TYPE_READ_WRITE, false))
                .isInstanceOf(ResourceConflict.class);
        assertThatThrownBy(
                        () ->
                                update(
                                        new EndpointSpec()
                                                .setGroup(
                                                        new EndpointGroupSpec()
                                                                .setMin(2L)
                                                                .setMax(2L)),
                                        "spec.group"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("one compute per endpoint");
        sdk.done(create("primary", EndpointType.ENDPOINT_TYPE_READ_WRITE, true));
        sdk.settled(primary);
        assertThatThrownBy(() -> sdk.postgres().getEndpoint(production + "/endpoints/nobody"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("endpoint id not found");
        assertThat(sdk.postgres().listEndpoints(production)).hasSize(1);
    }

    private static String create(String id, EndpointType type, boolean replace) {
        return sdk.postgres()
                .createEndpoint(
                        new CreateEndpointRequest()
                                .setParent(production)
                                .setEndpointId(id)
                                .setReplaceExisting(replace)
                                .setEndpoint(
                                        new Endpoint()
                                                .setSpec(new EndpointSpec().setEndpointType(type))))
                .getName();
    }

    private static EndpointStatus status() {
        return sdk.postgres().getEndpoint(primary).getStatus();
    }

    private static void refused(EndpointSpec spec, String text) {
        invalid(() -> update(spec, min(), max()), text);
    }

    private static void invalid(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining(text);
    }

    private static String update(EndpointSpec spec, String... mask) {
        return sdk.postgres()
                .updateEndpoint(
                        new UpdateEndpointRequest()
                                .setName(primary)
                                .setEndpoint(new Endpoint().setSpec(spec))
                                .setUpdateMask(
                                        FieldMask.newBuilder().addAllPaths(List.of(mask)).build()))
                .getName();
    }

    private static EndpointSpec limits(double min, double max) {
        return new EndpointSpec().setAutoscalingLimitMinCu(min).setAutoscalingLimitMaxCu(max);
    }

    private static String min() {
        return "spec.autoscaling_limit_min_cu";
    }

    private static String max() {
        return "spec.autoscaling_limit_max_cu";
    }

    private static EndpointSpec suspend(long seconds) {
        return new EndpointSpec()
                .setSuspendTimeoutDuration(Duration.newBuilder().setSeconds(seconds).build());
    }

    static String value(Connection connection, String sql) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            return r.next() ? r.getString(1) : "";
        }
    }
}
