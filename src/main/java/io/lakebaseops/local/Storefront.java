package io.lakebaseops.local;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;

import java.time.Duration;

/// Which project does the demo live in? `storefront-prod`, made on the first start and left alone
/// afterwards.
final class Storefront {
    static final String PROJECT = "projects/storefront-prod";
    static final String ENDPOINT = PROJECT + "/branches/production/endpoints/primary";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Storefront() {}

    /// Ready when its compute can be connected to. A directory that holds other projects, or whose
    /// demo was deleted, is left as it is.
    static void provide(ApiCaller api) {
        var projects = api.get("/api/2.0/postgres/projects?show_deleted=true").path("projects");
        boolean there = false;
        for (var project : projects) {
            there |= project.path("name").asText().equals(PROJECT) && !project.has("delete_time");
        }
        if (projects.isEmpty()) {
            ObjectNode body = Json.object();
            body.putObject("spec").put("display_name", "Storefront (demo)");
            api.finish(
                    api.post("/api/2.0/postgres/projects?project_id=storefront-prod", body), LIMIT);
            there = true;
        }
        if (there) {
            api.settled(ENDPOINT, LIMIT);
        }
    }
}
