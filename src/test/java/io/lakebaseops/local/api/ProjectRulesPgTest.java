package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.postgres.Branch;
import com.databricks.sdk.service.postgres.BranchStatusState;
import com.databricks.sdk.service.postgres.CreateProjectRequest;
import com.databricks.sdk.service.postgres.DeleteProjectRequest;
import com.databricks.sdk.service.postgres.Endpoint;
import com.databricks.sdk.service.postgres.EndpointStatusState;
import com.databricks.sdk.service.postgres.InitialBranchSpec;
import com.databricks.sdk.service.postgres.InitialEndpointSpec;
import com.databricks.sdk.service.postgres.ListProjectsRequest;
import com.databricks.sdk.service.postgres.Project;
import com.databricks.sdk.service.postgres.ProjectCustomTag;
import com.databricks.sdk.service.postgres.ProjectSpec;
import com.databricks.sdk.service.postgres.UndeleteProjectRequest;
import com.databricks.sdk.service.postgres.UpdateProjectRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class ProjectRulesPgTest {
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
    void a_new_project_comes_with_branch_endpoint_role_and_database() {
        Project project = sdk.postgres().getProject(shop);
        assertThat(project.getSpec()).isNull();
        assertThat(project.getStatus().getOwner()).isEqualTo(sdk.lakebase().user());
        assertThat(project.getStatus().getDefaultBranch()).isEqualTo(shop + "/branches/production");
        assertThat(project.getStatus().getHistoryRetentionDuration().getSeconds())
                .isEqualTo(7 * 86400);
        assertThat(project.getStatus().getBranchLogicalSizeLimitBytes()).isEqualTo(8796093022208L);
        Branch branch = sdk.postgres().getBranch(shop + "/branches/production");
        assertThat(branch.getStatus().getDefault()).isTrue();
        assertThat(branch.getStatus().getCurrentState()).isEqualTo(BranchStatusState.READY);
        await().untilAsserted(
                        () -> {
                            var sized = sdk.postgres().getBranch(branch.getName()).getStatus();
                            assertThat(sized.getLogicalSizeBytes()).isGreaterThan(1_000_000);
                            var sum = sdk.postgres().getProject(shop).getStatus();
                            assertThat(sum.getSyntheticStorageSizeBytes())
                                    .isEqualTo(sized.getLogicalSizeBytes());
                        });
        Endpoint endpoint = sdk.postgres().getEndpoint(branch.getName() + "/endpoints/primary");
        assertThat(endpoint.getStatus().getCurrentState()).isEqualTo(EndpointStatusState.ACTIVE);
        assertThat(endpoint.getStatus().getHosts().getHost()).isEqualTo("127.0.0.1");
        assertThat(sdk.address(endpoint.getName())).matches("127\\.0\\.0\\.1:2\\d{4}");
        assertThat(sdk.postgres().listRoles(branch.getName()))
                .extracting(r -> r.getStatus().getPostgresRole())
                .containsExactly(sdk.lakebase().user());
        assertThat(sdk.postgres().listDatabases(branch.getName()))
                .extracting(d -> d.getStatus().getPostgresDatabase())
                .containsExactly("databricks_postgres");
    }

    @Test
    void bad_ids_doubles_and_unknown_versions_are_refused() {
        assertThatThrownBy(() -> create("Shop", new Project()))
                .isInstanceOf(InvalidParameterValue.class);
        assertThatThrownBy(() -> create("", new Project())).hasMessageContaining("project_id");
        assertThatThrownBy(() -> create("shop", new Project()))
                .isInstanceOf(ResourceConflict.class);
        assertThatThrownBy(
                        () ->
                                create(
                                        "old",
                                        new Project().setSpec(new ProjectSpec().setPgVersion(16L))))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("PostgreSQL 17 only");
        assertThatThrownBy(
                        () ->
                                create(
                                        "forgetful",
                                        new Project()
                                                .setSpec(
                                                        new ProjectSpec()
                                                                .setHistoryRetentionDuration(
                                                                        seconds(60)))))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("history");
        assertThatThrownBy(() -> sdk.postgres().getProject("projects/nobody"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("project id not found");
    }

    @Test
    void initial_specs_shape_the_first_branch_and_endpoint() {
        String operation =
                create(
                        "guarded",
                        new Project()
                                .setInitialBranchSpec(new InitialBranchSpec().setIsProtected(true))
                                .setInitialEndpointSpec(
                                        new InitialEndpointSpec()
                                                .setAutoscalingLimitMinCu(0.5)
                                                .setAutoscalingLimitMaxCu(2.0)
                                                .setNoSuspension(true)));
        sdk.done(operation);
        String branch = "projects/guarded/branches/production";
        Endpoint endpoint = sdk.settled(branch + "/endpoints/primary");
        assertThat(endpoint.getStatus().getAutoscalingLimitMaxCu()).isEqualTo(2.0);
        assertThat(endpoint.getStatus().getSuspendTimeoutDuration()).isNull();
        assertThat(sdk.postgres().getBranch(branch).getStatus().getIsProtected()).isTrue();
        assertThatThrownBy(() -> sdk.postgres().deleteProject("projects/guarded"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("protected");
    }

    @Test
    void an_update_needs_a_mask_of_known_and_populated_paths() {
        ProjectSpec spec = new ProjectSpec().setDisplayName("The shop");
        assertThatThrownBy(() -> update(spec, "")).hasMessageContaining("update_mask");
        assertThatThrownBy(() -> update(spec, "spec.colour"))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("Unknown field path in update_mask");
        assertThatThrownBy(() -> update(spec, "spec.custom_tags"))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("does not set");
        assertThatThrownBy(() -> update(spec, "*")).isInstanceOf(InvalidParameterValue.class);
        sdk.done(
                update(
                        spec.setCustomTags(
                                List.of(new ProjectCustomTag().setKey("team").setValue("dba"))),
                        "spec"));
        var status = sdk.postgres().getProject(shop).getStatus();
        assertThat(status.getDisplayName()).isEqualTo("The shop");
        assertThat(status.getCustomTags()).extracting(ProjectCustomTag::getKey).contains("team");
        assertThat(status.getHistoryRetentionDuration().getSeconds()).isEqualTo(7 * 86400);
    }

    @Test
    void small_pages_bring_everything_once() {
        for (int i = 0; i < 4; i++) {
            sdk.done(create("page-" + i, new Project()));
        }
        List<String> names = new ArrayList<>();
        sdk.postgres()
                .listProjects(new ListProjectsRequest().setPageSize(2L))
                .forEach(p -> names.add(p.getProjectId()));
        assertThat(names).doesNotHaveDuplicates().contains("page-0", "page-1", "page-2", "page-3");
        assertThat(sdk.call("GET", "/api/2.0/postgres/projects?page_size=2", "").body())
                .contains("next_page_token");
        assertThat(sdk.call("GET", "/api/2.0/postgres/projects?page_token=%25", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_deleted_project_can_come_back_until_it_is_purged() {
        String name = sdk.project("passing");
        sdk.done(sdk.postgres().deleteProject(name).getName());
        assertThat(listed(false)).doesNotContain(name);
        assertThat(listed(true)).contains(name);
        Project deleted = sdk.postgres().getProject(name);
        assertThat(deleted.getDeleteTime()).isNotNull();
        assertThat(deleted.getPurgeTime().getSeconds())
                .isGreaterThan(deleted.getDeleteTime().getSeconds());
        assertThatThrownBy(() -> sdk.postgres().getBranch(name + "/branches/production"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> create("passing", new Project()))
                .isInstanceOf(ResourceConflict.class);
        sdk.done(
                sdk.postgres()
                        .undeleteProject(new UndeleteProjectRequest().setName(name))
                        .getName());
        assertThat(sdk.settled(name + "/branches/production/endpoints/primary").getStatus())
                .returns(EndpointStatusState.ACTIVE, s -> s.getCurrentState());
        sdk.done(
                sdk.postgres()
                        .deleteProject(new DeleteProjectRequest().setName(name).setPurge(true))
                        .getName());
        assertThat(listed(true)).doesNotContain(name);
        assertThatThrownBy(() -> sdk.postgres().getProject(name)).isInstanceOf(NotFound.class);
    }

    private static List<String> listed(boolean deleted) {
        List<String> names = new ArrayList<>();
        sdk.postgres()
                .listProjects(new ListProjectsRequest().setShowDeleted(deleted))
                .forEach(p -> names.add(p.getName()));
        return names;
    }

    private static String create(String id, Project project) {
        return sdk.postgres()
                .createProject(new CreateProjectRequest().setProjectId(id).setProject(project))
                .getName();
    }

    private static String update(ProjectSpec spec, String mask) {
        UpdateProjectRequest request =
                new UpdateProjectRequest().setName(shop).setProject(new Project().setSpec(spec));
        if (!mask.isEmpty()) {
            request.setUpdateMask(FieldMask.newBuilder().addPaths(mask).build());
        }
        return sdk.postgres().updateProject(request).getName();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
