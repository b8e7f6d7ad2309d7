package io.lakebaseops.lakebase;

import com.databricks.sdk.service.postgres.CreateProjectRequest;
import com.databricks.sdk.service.postgres.InitialBranchSpec;
import com.databricks.sdk.service.postgres.InitialEndpointSpec;
import com.databricks.sdk.service.postgres.ProjectCustomTag;
import com.databricks.sdk.service.postgres.ProjectSpec;
import com.databricks.sdk.service.postgres.UpdateProjectRequest;
import com.google.protobuf.FieldMask;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakebase.ControlPlane.NewProject;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Projects as a whole: made, tagged, deleted.
final class SdkProjects {
    private final SdkCalls calls;
    private final ConfirmedRequest sending;

    SdkProjects(SdkCalls calls, ConfirmedRequest sending) {
        this.calls = calls;
        this.sending = sending;
    }

    /// Size and suspension are always sent: the service's own defaults differ between regions.
    void create(
            NewProject wanted,
            Deadline deadline,
            OperationProgress progress,
            BooleanSupplier isSo) {
        var endpoint =
                new InitialEndpointSpec()
                        .setAutoscalingLimitMinCu(wanted.minCu())
                        .setAutoscalingLimitMaxCu(wanted.maxCu());
        if (wanted.suspendAfter() == null) {
            endpoint.setNoSuspension(true);
        } else {
            endpoint.setSuspendTimeoutDuration(SdkMapper.proto(wanted.suspendAfter()));
        }
        var project =
                new com.databricks.sdk.service.postgres.Project()
                        .setSpec(
                                new ProjectSpec()
                                        .setDisplayName(wanted.displayName())
                                        .setCustomTags(tags(wanted.tags())))
                        .setInitialEndpointSpec(endpoint)
                        .setInitialBranchSpec(
                                new InitialBranchSpec().setIsProtected(wanted.isProtected()));
        var request = new CreateProjectRequest().setProjectId(wanted.id()).setProject(project);
        sending.change(
                "Creating project " + wanted.id(),
                deadline,
                progress,
                w -> w.postgres().createProject(request).getName(),
                isSo);
    }

    void delete(String project, Deadline deadline, BooleanSupplier isSo) {
        sending.deletion(
                "Deleting project " + project,
                deadline,
                w -> w.postgres().deleteProject(ResourceName.project(project)).getName(),
                isSo);
    }

    Map<String, String> tags(String project, Deadline deadline) {
        return calls.call(
                "Tags of project " + project,
                deadline,
                w -> {
                    var found = new TreeMap<String, String>();
                    var status = w.postgres().getProject(ResourceName.project(project)).getStatus();
                    if (status != null && status.getCustomTags() != null) {
                        status.getCustomTags().forEach(t -> found.put(t.getKey(), t.getValue()));
                    }
                    return Map.copyOf(found);
                });
    }

    void tag(String project, Map<String, String> wanted, Deadline deadline) {
        var body =
                new com.databricks.sdk.service.postgres.Project()
                        .setSpec(new ProjectSpec().setCustomTags(tags(wanted)));
        sending.change(
                "Tagging project " + project,
                deadline,
                _ -> {},
                w ->
                        w.postgres()
                                .updateProject(
                                        new UpdateProjectRequest()
                                                .setName(ResourceName.project(project))
                                                .setProject(body)
                                                .setUpdateMask(mask("spec.custom_tags")))
                                .getName(),
                () -> tags(project, deadline).equals(wanted));
    }

    private static Collection<ProjectCustomTag> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(t -> new ProjectCustomTag().setKey(t.getKey()).setValue(t.getValue()))
                        .toList();
    }

    static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }
}
