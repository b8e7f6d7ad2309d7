package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;

import java.util.Map;
import java.util.function.Supplier;

/// The calling user and the workspace, as clients ask for them first. What the SDK asks before its
/// first real call.
record Identity(String user, String workspaceId, Supplier<String> host) {

    void addTo(Router router) {
        router.on("GET", "/.well-known/databricks-config", _ -> config());
        router.on("GET", "/api/2.0/preview/scim/v2/Me", _ -> me());
    }

    private Reply config() {
        return Reply.ok(
                Json.object()
                        .put("workspace_id", workspaceId)
                        .put("oidc_endpoint", host.get() + OAuth.BASE));
    }

    private Reply me() {
        ObjectNode me = Json.object().put("id", "1").put("userName", user).put("active", true);
        me.put("displayName", user);
        me.putArray("emails").addObject().put("value", user).put("primary", true);
        return new Reply(200, me, Map.of("X-Databricks-Org-Id", workspaceId));
    }
}
