package io.lakebaseops.local;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The endpoints that can be connected to right now. Read from the control plane over REST.
final class Inventory {
    private Inventory() {}

    static ReadyLine of(ApiCaller api, String host, String token, String user, Path ca) {
        List<String> branches = new ArrayList<>();
        List<ReadyLine.Endpoint> endpoints = new ArrayList<>();
        String first = "";
        for (JsonNode project : api.get("/api/2.0/postgres/projects").path("projects")) {
            String name = project.path("name").asText();
            first = first.isEmpty() || name.equals(DemoProject.PROJECT) ? name : first;
            for (JsonNode branch : list(api, name, "branches")) {
                branches.add(branch.path("name").asText());
                list(api, branch.path("name").asText(), "endpoints")
                        .forEach(e -> add(endpoints, e));
            }
        }
        String workspace = api.get("/.well-known/databricks-config").path("workspace_id").asText();
        return new ReadyLine(
                host, token, user, workspace, ca.toString(), first, branches, endpoints);
    }

    private static JsonNode list(ApiCaller api, String parent, String kind) {
        return api.get("/api/2.0/postgres/" + parent + "/" + kind).path(kind);
    }

    private static void add(List<ReadyLine.Endpoint> endpoints, JsonNode endpoint) {
        JsonNode hosts = endpoint.path("status").path("hosts");
        if (hosts.has("port")) {
            String name = endpoint.path("name").asText();
            String host = hosts.path("host").asText();
            endpoints.add(new ReadyLine.Endpoint(name, host, hosts.path("port").asInt()));
        }
    }
}
