package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.work.Computes;
import io.lakebaseops.local.compute.ComputeHost.EndpointStatus;

/// An endpoint as JSON for clients. Every endpoint has a port of its own here, while the platform
/// always uses 5432 and its API therefore names none. The port is told twice: beside the host, for
/// who reads JSON, and as PostgreSQL's setting `port` among the settings in force, for clients of
/// an SDK, which drops fields it does not know.
record EndpointView(Computes computes) {
    static final String READ_WRITE = "ENDPOINT_TYPE_READ_WRITE";
    static final String READ_ONLY = "ENDPOINT_TYPE_READ_ONLY";

    ObjectNode of(EndpointRow row) {
        ObjectNode view = Json.object().put("name", row.name()).put("uid", row.uid());
        view.put("endpoint_id", row.id()).put("parent", row.branch());
        Json.time(view, "create_time", row.createTime());
        Json.time(view, "update_time", row.updateTime());
        ObjectNode status = view.putObject("status");
        status.put("endpoint_id", row.id())
                .put("endpoint_type", row.readOnly() ? READ_ONLY : READ_WRITE);
        // Pending is read before current: settled in between shows as done, never as a gap.
        computes.pending(row).ifPresent(state -> status.put("pending_state", state));
        status.put("current_state", computes.current(row));
        status.put("disabled", row.disabled());
        Sizing sizing = row.sizing();
        status.put("autoscaling_limit_min_cu", sizing.minCu());
        status.put("autoscaling_limit_max_cu", sizing.maxCu());
        suspension(status, sizing);
        ObjectNode settings = status.putObject("settings").putObject("pg_settings");
        sizing.pgSettings().forEach(settings::put);
        status.putObject("group")
                .put("min", 1)
                .put("max", 1)
                .put("enable_readable_secondaries", false);
        EndpointStatus compute = computes.status(row);
        if (compute != null) {
            ObjectNode hosts = status.putObject("hosts").put("host", compute.host());
            if (row.readOnly()) {
                hosts.put("read_only_host", compute.host());
            }
            hosts.put("port", compute.port());
            settings.put("port", Integer.toString(compute.port()));
            Json.time(status, "last_active_time", compute.lastActive());
        }
        return view;
    }

    static void suspension(ObjectNode node, Sizing sizing) {
        if (sizing.suspendAfter() == null) {
            node.put("no_suspension", true);
        } else {
            Json.duration(node, "suspend_timeout_duration", sizing.suspendAfter());
        }
    }
}
