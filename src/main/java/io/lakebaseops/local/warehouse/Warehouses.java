package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;

/// The one SQL warehouse there is. It runs from the start; it can be stopped, and a statement or a
/// client starts it again, as with a serverless warehouse.
final class Warehouses {
    private static final String PATH = "/api/2.0/sql/warehouses";
    private static final String ID = "10ca1a4e0ba5e000";

    private final String owner;
    private volatile boolean running = true;

    Warehouses(String owner) {
        this.owner = owner;
    }

    void addTo(Router router) {
        router.on("GET", PATH, _ -> list());
        router.on("GET", PATH + "/{id}", call -> Reply.ok(show(call.var("id"))));
        router.on("POST", PATH + "/{id}/start", call -> turn(call, true));
        router.on("POST", PATH + "/{id}/stop", call -> turn(call, false));
    }

    /// A statement starts a stopped warehouse.
    void wake(String id) {
        check(id);
        running = true;
    }

    private Reply list() {
        ObjectNode body = Json.object();
        body.putArray("warehouses").add(show(ID));
        return Reply.ok(body);
    }

    private Reply turn(Call call, boolean on) {
        check(call.var("id"));
        running = on;
        return Reply.ok(Json.object());
    }

    private static void check(String id) {
        if (!id.equals(ID)) {
            throw Refusal.of(
                    404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + id + " does not exist.");
        }
    }

    private ObjectNode show(String id) {
        check(id);
        ObjectNode node = Json.object().put("id", ID).put("name", "Local warehouse");
        node.put("state", running ? "RUNNING" : "STOPPED");
        node.put("cluster_size", "2X-Small").put("auto_stop_mins", 0);
        node.put("min_num_clusters", 1).put("max_num_clusters", 1);
        node.put("num_clusters", running ? 1 : 0).put("num_active_sessions", 0);
        node.put("creator_name", owner).put("warehouse_type", "PRO");
        node.put("enable_serverless_compute", true);
        node.putObject("health").put("status", "HEALTHY");
        return node;
    }
}
