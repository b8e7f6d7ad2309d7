package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;

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
    void an_unknown_route_is_501_and_named() {
        HttpResponse<String> reply = sdk.call("PUT", "/api/2.0/postgres/wishes", "{}");
        assertThat(reply.statusCode()).isEqualTo(501);
        assertThat(reply.body())
                .contains("\"error_code\":\"NOT_IMPLEMENTED\"", "PUT /api/2.0/postgres/wishes");
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
        assertThat(
                        sdk.call("GET", "/oidc/.well-known/oauth-authorization-server", "", "")
                                .statusCode())
                .isEqualTo(404);
        assertThat(sdk.client().currentUser().me(new MeRequest()).getUserName())
                .isEqualTo(sdk.lakebase().user());
        HttpResponse<String> me = sdk.call("GET", "/api/2.0/preview/scim/v2/Me", "");
        assertThat(me.headers().firstValue("X-Databricks-Org-Id")).isPresent();
    }

    @Test
    void it_listens_on_loopback_only_and_says_where() {
        assertThat(sdk.lakebase().host()).matches("http://127\\.0\\.0\\.1:\\d+");
        assertThat(sdk.lakebase().readyLine().json())
                .contains("\"host\":\"http://127.0.0.1:", "\"workspace_id\":", "\"endpoints\":[]");
    }
}
