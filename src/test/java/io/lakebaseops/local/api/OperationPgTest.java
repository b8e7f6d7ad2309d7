package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.SdkFixture.lasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.core.error.platform.TemporarilyUnavailable;
import com.databricks.sdk.core.error.platform.TooManyRequests;
import com.databricks.sdk.service.common.lro.LroOptions;
import com.databricks.sdk.service.postgres.Branch;
import com.databricks.sdk.service.postgres.CreateBranchOperation;
import com.databricks.sdk.service.postgres.CreateBranchRequest;
import com.databricks.sdk.service.postgres.CreateProjectRequest;
import com.databricks.sdk.service.postgres.CreateRoleRequest;
import com.databricks.sdk.service.postgres.DeleteBranchRequest;
import com.databricks.sdk.service.postgres.Operation;
import com.databricks.sdk.service.postgres.Project;
import com.databricks.sdk.service.postgres.Role;
import com.databricks.sdk.service.postgres.RoleRoleSpec;

import io.lakebaseops.local.api.work.OperationDelay;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

final class OperationPgTest {
    @TempDir static Path dir;
    static SdkFixture sdk;
    static String shop;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        shop = sdk.project("shop");
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void an_operation_is_first_not_done_and_ends_with_the_resource() {
        CreateBranchOperation operation;
        try (var _ = sdk.paused(shop + "/branches/production")) {
            operation = start("waited");
            assertThat(operation.getName()).startsWith(shop + "/branches/waited/operations/");
            assertThat(sdk.call("GET", "/api/2.0/postgres/" + operation.getName(), "").body())
                    .contains("\"done\":false")
                    .contains("type.googleapis.com/databricks.postgres.v1.BranchOperationMetadata");
        }
        sdk.done(operation.getName());
        assertThat(sdk.call("GET", "/api/2.0/postgres/" + operation.getName(), "").body())
                .contains("\"response\":{\"name\":\"" + shop + "/branches/waited\"");
    }

    @Test
    void the_sdk_waits_for_creation_and_deletion() throws TimeoutException {
        Optional<LroOptions> limit = Optional.of(LroOptions.withTimeout(Duration.ofMinutes(2)));
        Branch branch = start("by-sdk").waitForCompletion(limit);
        assertThat(branch.getName()).isEqualTo(shop + "/branches/by-sdk");
        sdk.settled(branch.getName() + "/endpoints/primary");
        sdk.postgres()
                .deleteBranch(new DeleteBranchRequest().setName(branch.getName()).setPurge(true))
                .waitForCompletion(limit);
        assertThatThrownBy(() -> sdk.postgres().getBranch(branch.getName()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void a_delete_waits_for_a_settling_compute(@TempDir Path own) {
        OperationDelay lazy =
                new OperationDelay(
                        SdkFixture.FAST.operation(), Duration.ofMinutes(2), Duration.ofSeconds(1));
        try (SdkFixture slow = new SdkFixture(own, o -> o.withPace(lazy))) {
            var project = new CreateProjectRequest().setProjectId("slow").setProject(new Project());
            slow.done(slow.postgres().createProject(project).getName());
            slow.done(slow.create("projects/slow", "hurried", lasting()));
            assertThatThrownBy(() -> slow.postgres().deleteBranch("projects/slow/branches/hurried"))
                    .isInstanceOf(ResourceConflict.class)
                    .hasMessageContaining("reconciliation");
        }
        String settled = sdk.branch(shop, "hurried", lasting());
        sdk.done(sdk.postgres().deleteBranch(settled).getName());
    }

    @Test
    void a_failed_operation_says_so_and_leaves_nothing() {
        fault("POST", "branches", "\"operation\":\"FAIL\"");
        CreateBranchOperation operation = start("doomed");
        Operation end = sdk.ended(operation.getName());
        assertThat(end.getError().getMessage()).contains("injected");
        assertThatThrownBy(() -> operation.waitForCompletion())
                .isInstanceOf(DatabricksException.class)
                .hasMessageContaining("Operation failed");
        assertThatThrownBy(() -> sdk.postgres().getBranch(shop + "/branches/doomed"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void what_postgres_refuses_is_the_operations_error() {
        Operation end =
                sdk.ended(
                        sdk.postgres()
                                .createRole(
                                        new CreateRoleRequest()
                                                .setParent(shop + "/branches/production")
                                                .setRoleId("reserved")
                                                .setRole(
                                                        new Role()
                                                                .setSpec(
                                                                        new RoleRoleSpec()
                                                                                .setPostgresRole(
                                                                                        "pg_bad"))))
                                .getName());
        assertThat(end.getError().getMessage()).contains("pg_bad");
        assertThatThrownBy(
                        () -> sdk.postgres().getRole(shop + "/branches/production/roles/reserved"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void an_operation_can_hang_until_the_client_gives_up() {
        fault("POST", "branches", "\"operation\":\"HANG\"");
        CreateBranchOperation operation = start("stuck");
        assertThatThrownBy(
                        () ->
                                operation.waitForCompletion(
                                        Optional.of(
                                                LroOptions.withTimeout(Duration.ofMillis(300)))))
                .isInstanceOf(TimeoutException.class);
        assertThat(sdk.postgres().getOperation(operation.getName()).getDone()).isFalse();
    }

    @Test
    void a_lost_reply_leaves_the_work_done() {
        fault("POST", "branches", "\"after_handler\":true,\"drop\":true");
        assertThatThrownBy(() -> start("unheard")).isInstanceOf(DatabricksException.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sdk.postgres().getBranch(shop + "/branches/unheard") != null);
        fault("POST", "branches", "\"after_handler\":true,\"status_code\":503");
        assertThatThrownBy(() -> start("hung-up")).isInstanceOf(TemporarilyUnavailable.class);
        assertThat(sdk.postgres().getBranch(shop + "/branches/hung-up")).isNotNull();
    }

    @Test
    void busy_answers_come_as_often_as_told_and_the_sdk_tries_again() {
        fault("GET", "*", "\"status_code\":429,\"times\":2,\"message\":\"slow down\"");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> sdk.postgres().getProject(shop))
                    .isInstanceOf(TooManyRequests.class)
                    .hasMessageContaining("slow down");
        }
        assertThat(sdk.postgres().getProject(shop)).isNotNull();
        fault("GET", "*", "\"status_code\":503,\"times\":1");
        WorkspaceClient patient =
                new WorkspaceClient(
                        new DatabricksConfig()
                                .setHost(sdk.lakebase().host())
                                .setToken(sdk.lakebase().token())
                                .setAuthType("pat"));
        assertThat(patient.postgres().getProject(shop).getProjectId()).isEqualTo("shop");
    }

    @Test
    void a_slow_answer_takes_the_added_time() {
        fault("GET", "*", "\"latency_ms\":250");
        long start = System.nanoTime();
        sdk.postgres().getProject(shop);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void an_unknown_operation_is_not_found() {
        assertThatThrownBy(() -> sdk.postgres().getOperation(shop + "/operations/none"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("operation id not found");
    }

    private static CreateBranchOperation start(String id) {
        return sdk.postgres()
                .createBranch(
                        new CreateBranchRequest()
                                .setParent(shop)
                                .setBranchId(id)
                                .setBranch(new Branch().setSpec(lasting())));
    }

    private static void fault(String method, String below, String what) {
        String path = below.equals("*") ? "/api/2.0/postgres/" + shop : "*/" + below;
        sdk.fault("{\"pattern\":\"" + method + " " + path + "\"," + what + "}");
    }
}
