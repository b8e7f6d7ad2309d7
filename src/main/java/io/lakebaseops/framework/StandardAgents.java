package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.TargetId;

import java.util.List;
import java.util.stream.Stream;

/// The three agents and what each does about events, as far as their tools exist.
public final class StandardAgents {
    private StandardAgents() {}

    public static List<Agent> of(ToolCatalog catalog) {
        return List.of(
                agent(catalog, "provisioning", "Provisioning & DevOps", Stream.of()),
                agent(
                        catalog,
                        "performance",
                        "Performance & Optimization",
                        Stream.of(
                                // The baseline that later deltas are measured against.
                                EventTrigger.to(
                                                OpsEvent.BranchCreated.class,
                                                "persist_pg_stat_statements")
                                        .where(e -> branch(e.target(), e.branch())),
                                EventTrigger.to(
                                        OpsEvent.SchemaMigrated.class, "detect_duplicate_indexes"),
                                EventTrigger.to(
                                        OpsEvent.SchemaMigrated.class,
                                        "detect_missing_fk_indexes"))),
                agent(
                        catalog,
                        "health",
                        "Health & Self-Recovery",
                        Stream.of(
                                EventTrigger.to(
                                                OpsEvent.BranchCreated.class,
                                                "monitor_system_health")
                                        .where(e -> branch(e.target(), e.branch())),
                                EventTrigger.to(
                                        OpsEvent.ProvisioningComplete.class,
                                        "monitor_system_health"),
                                EventTrigger.to(
                                        OpsEvent.VacuumCompleted.class, "monitor_system_health"),
                                EventTrigger.to(
                                                OpsEvent.ThresholdBreached.class,
                                                "execute_low_risk_sop")
                                        .with(
                                                e ->
                                                        JsonNodeFactory.instance
                                                                .objectNode()
                                                                .put("alert", e.alertId())))));
    }

    private static TargetId branch(TargetId near, String branch) {
        return new TargetId(near.profile(), near.project(), branch);
    }

    private static Agent agent(
            ToolCatalog catalog, String name, String title, Stream<EventTrigger<?>> reactions) {
        var tools =
                catalog.all().stream()
                        .map(Tool::descriptor)
                        .filter(d -> d.agent().equals(name))
                        .toList();
        return new Agent(
                name,
                title,
                tools,
                reactions
                        .filter(r -> tools.stream().anyMatch(t -> t.name().equals(r.tool())))
                        .toList());
    }
}
