package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.postgres.GetSyncedTableRequest;
import com.databricks.sdk.service.postgres.ListProjectsRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/// The manners of the server itself; no compute is started here.
final class TransportPgTest {
    private static final String PROJECTS = "/api/2.0/postgres/projects";

    @TempDir static Path dir;
    static SdkFixture sdk;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void without_a_token_401_and_with_a_wrong_one_403() {
        HttpResponse<String> none = sdk.call("GET", PROJECTS, "", "");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).contains("\"error_code\":\"UNAUTHENTICATED\"", "\"message\"");
        HttpResponse<String> wrong = sdk.call("GET", PROJECTS, "", "Bearer guess");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("\"error_code\":\"PERMISSION_DENIED\"");
        var stranger = SdkFixture.client(sdk.lakebase().host(), "guess");
        assertThatThrownBy(() -> stranger.postgres().getProject("projects/any"))
                .isInstanceOf(PermissionDenied.class);
        assertThat(sdk.call("GET", "/__local/faults", "", "").statusCode()).isEqualTo(401);
    }

    @Test
    void an_api_that_is_not_there_is_404_named_and_not_asked_for_again() {
        HttpResponse<String> reply = sdk.call("PUT", "/api/2.0/postgres/wishes", "{}");
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body())
                .contains("\"error_code\":\"ENDPOINT_NOT_FOUND\"", "PUT /api/2.0/postgres/wishes");
        // With the SDK's own retries, which take 501 and 503 for passing troubles.
        var retrying =
                new WorkspaceClient(
                        new DatabricksConfig()
                                .setHost(sdk.lakebase().host())
                                .setToken(sdk.lakebase().token())
                                .setAuthType("pat"));
        sdk.fault("{\"pattern\":\"GET /api/2.0/postgres/synced_tables/*\",\"times\":-1}");
        assertThatThrownBy(
                        () ->
                                retrying.postgres()
                                        .getSyncedTable(
                                                new GetSyncedTableRequest()
                                                        .setName("synced_tables/a.b.c")))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("No API found");
        assertThat(sdk.call("GET", "/__local/faults", "").body()).contains("\"hits\":1");
        sdk.call("DELETE", "/__local/faults", "");
    }

    @Test
    void a_body_that_is_no_json_object_is_400() {
        for (String body : new String[] {"{", "[]", "7"}) {
            HttpResponse<String> reply = sdk.call("POST", PROJECTS + "?project_id=x", body);
            assertThat(reply.statusCode()).as(body).isEqualTo(400);
        }
        assertThat(
                        sdk.call(
                                        "POST",
                                        PROJECTS + "?project_id=x",
                                        "{\"spec\":{\"display_name\":7}}")
                                .body())
                .contains("spec.display_name must be a string");
    }

    @Test
    void discovery_is_open_and_identity_names_the_workspace() {
        assertThat(sdk.call("GET", "/.well-known/databricks-config", "", "").body())
                .contains("workspace_id");
        assertThat(sdk.call("GET", "/oidc/.well-known/oauth-authorization-server", "", "").body())
                .contains(sdk.lakebase().host() + "/oidc/v1/token");
        assertThat(sdk.client().currentUser().me(new MeRequest()).getUserName())
                .isEqualTo(sdk.lakebase().user());
        HttpResponse<String> me = sdk.call("GET", "/api/2.0/preview/scim/v2/Me", "");
        assertThat(me.headers().firstValue("X-Databricks-Org-Id")).isPresent();
    }

    @Test
    void a_machine_logs_in_by_client_credentials() {
        String user = sdk.lakebase().user();
        assertThat(machine(user, sdk.lakebase().token()).currentUser().me(new MeRequest()))
                .returns(user, me -> me.getUserName());
        for (var wrong :
                List.of(machine(user, "guess"), machine("other", sdk.lakebase().token()))) {
            assertThatThrownBy(() -> wrong.currentUser().me(new MeRequest()))
                    .isInstanceOf(DatabricksException.class)
                    .hasStackTraceContaining("its secret the API token");
        }
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s";
        HttpResponse<String> byForm =
                sdk.call(
                        "POST", "/oidc/v1/token", form.formatted(user, sdk.lakebase().token()), "");
        assertThat(byForm.body()).contains("\"expires_in\":3600", "\"token_type\":\"Bearer\"");
        for (String other : List.of("grant_type=password", "", "{}", form.formatted(user, ""))) {
            assertThat(sdk.call("POST", "/oidc/v1/token", other, "").statusCode())
                    .as(other)
                    .isBetween(400, 401);
        }
    }

    private static WorkspaceClient machine(String id, String secret) {
        return new WorkspaceClient(
                new DatabricksConfig()
                        .setHost(sdk.lakebase().host())
                        .setClientId(id)
                        .setClientSecret(secret)
                        .setAuthType("oauth-m2m")
                        .setDisableRetries(true));
    }

    @Test
    void pages_are_of_0_to_100_and_tokens_are_those_of_the_list() {
        for (long size : new long[] {-1, 101, 1000}) {
            assertThatThrownBy(() -> list(new ListProjectsRequest().setPageSize(size)))
                    .as("page_size=%d", size)
                    .isInstanceOf(InvalidParameterValue.class)
                    .hasMessageContaining("page_size");
        }
        list(new ListProjectsRequest().setPageSize(100L));
        String foreign = Base64.getUrlEncoder().encodeToString("0000 shop".getBytes(US_ASCII));
        for (String token : List.of("zzz", "%", foreign)) {
            assertThatThrownBy(() -> list(new ListProjectsRequest().setPageToken(token)))
                    .as("page_token=%s", token)
                    .isInstanceOf(InvalidParameterValue.class)
                    .hasMessageContaining("page_token");
        }
    }

    private static void list(ListProjectsRequest request) {
        sdk.postgres().listProjects(request).forEach(p -> assertThat(p.getName()).isNotEmpty());
    }

    @Test
    void it_listens_on_loopback_only_and_says_where() {
        assertThat(sdk.lakebase().host()).matches("http://127\\.0\\.0\\.1:\\d+");
        assertThat(sdk.lakebase().readyLine().json())
                .contains("\"host\":\"http://127.0.0.1:", "\"workspace_id\":", "\"endpoints\":[]");
    }
}
