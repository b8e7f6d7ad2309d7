package io.lakebaseops.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;

import java.time.Duration;
import java.util.Optional;

/// The project of the demo. `storefront-prod`, made on the first start and left alone afterwards.
final class DemoProject {
    static final String PROJECT = "projects/storefront-prod";
    static final String ENDPOINT = PROJECT + "/branches/production/endpoints/primary";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private DemoProject() {}

    /// Its endpoint, once it can be connected to. Empty where the directory holds other projects or
    /// the demo was deleted: that is left as it is.
    static Optional<JsonNode> provide(ApiCaller api) {
        if (api.find("/api/2.0/postgres/" + ENDPOINT).isEmpty()) {
            var others = api.get("/api/2.0/postgres/projects?show_deleted=true");
            if (!others.path("projects").isEmpty()) {
                return Optional.empty();
            }
            ObjectNode body = Json.object();
            body.putObject("spec").put("display_name", "Storefront (demo)");
            api.finish(
                    api.post("/api/2.0/postgres/projects?project_id=storefront-prod", body), LIMIT);
        }
        return Optional.of(api.listening(ENDPOINT, LIMIT));
    }
}
