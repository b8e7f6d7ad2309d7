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

    /// Ready when its compute can be connected to.
    static void provide(ApiCaller api) {
        boolean there = false;
        for (var project :
                api.get("/api/2.0/postgres/projects?show_deleted=true").path("projects")) {
            there |= project.path("name").asText().equals(PROJECT);
        }
        if (!there) {
            ObjectNode body = Json.object();
            body.putObject("spec").put("display_name", "Storefront (demo)");
            api.finish(
                    api.post("/api/2.0/postgres/projects?project_id=storefront-prod", body), LIMIT);
        }
        api.settled(ENDPOINT, LIMIT);
    }
}
