package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.state.ProjectRow;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.work.ApiContext;
import io.lakebaseops.local.compute.ComputeHost.EndpointStatus;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// A project as JSON for clients. Its settings as `status`; sizes and activity as measured.
record ProjectView(ApiContext plane) {

    ObjectNode of(ProjectRow row) {
        ObjectNode view = Json.object().put("name", row.name()).put("uid", row.uid());
        view.put("project_id", row.id());
        Json.time(view, "create_time", row.createTime());
        Json.time(view, "update_time", row.updateTime());
        Json.time(view, "delete_time", row.deleteTime());
        Json.time(view, "purge_time", row.purgeTime());
        status(row, view.putObject("status"));
        return view;
    }

    private void status(ProjectRow row, ObjectNode status) {
        ProjectRow.Settings settings = row.settings();
        status.put("project_id", row.id()).put("owner", row.owner());
        Json.text(status, "display_name", settings.displayName());
        status.put("pg_version", settings.pgVersion());
        status.put("default_branch", settings.defaultBranch());
        status.put("enable_pg_native_login", settings.nativeLogin());
        Json.text(status, "budget_policy_id", settings.budgetPolicy());
        Json.duration(status, "history_retention_duration", settings.historyRetention());
        sizing(status.putObject("default_endpoint_settings"), settings.endpointDefaults());
        settings.tags()
                .forEach(
                        tag ->
                                status.withArray("custom_tags")
                                        .addObject()
                                        .put("key", tag.key())
                                        .put("value", tag.value()));
        Json.int64(status, "branch_logical_size_limit_bytes", Limits.BRANCH_BYTES);
        List<BranchRow> branches = plane.read(s -> s.branchesOf(row.name()));
        List<OptionalLong> sizes =
                branches.stream().filter(BranchRow::live).map(plane.sizes()::of).toList();
        if (sizes.stream().allMatch(OptionalLong::isPresent)) {
            long bytes = sizes.stream().mapToLong(OptionalLong::getAsLong).sum();
            Json.int64(status, "synthetic_storage_size_bytes", bytes);
        }
        lastActive(branches).ifPresent(at -> Json.time(status, "compute_last_active_time", at));
    }

    private static void sizing(ObjectNode node, Sizing sizing) {
        node.put("autoscaling_limit_min_cu", sizing.minCu());
        node.put("autoscaling_limit_max_cu", sizing.maxCu());
        EndpointView.suspension(node, sizing);
        ObjectNode settings = node.putObject("pg_settings");
        sizing.pgSettings().forEach(settings::put);
    }

    private Optional<Instant> lastActive(List<BranchRow> branches) {
        List<EndpointRow> endpoints =
                plane.read(
                        s ->
                                branches.stream()
                                        .flatMap(b -> s.endpointsOf(b.name()).stream())
                                        .toList());
        return endpoints.stream()
                .map(plane.computes()::status)
                .filter(Objects::nonNull)
                .map(EndpointStatus::lastActive)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }
}
