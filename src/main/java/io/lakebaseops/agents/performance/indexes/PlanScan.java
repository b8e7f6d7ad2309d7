package io.lakebaseops.agents.performance.indexes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;

import java.util.ArrayList;
import java.util.List;

/// A sequential scan with a filter in the plan of a statement.
///
/// @param rows the planner expects to pass the filter, of all workers
/// @param cost of the scan itself
/// @param statementCost of the whole plan
record PlanScan(String relation, String filter, double rows, double cost, double statementCost) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @param explained EXPLAIN (FORMAT JSON)
    static List<PlanScan> of(String explained) {
        try {
            var plan = JSON.readTree(explained).path(0).path("Plan");
            var scans = new ArrayList<PlanScan>();
            collect(plan, 1, plan.path("Total Cost").asDouble(), scans);
            return scans;
        } catch (JsonProcessingException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Reading a plan",
                    String.valueOf(e.getMessage()),
                    "report this as a defect of the console",
                    e);
        }
    }

    private static void collect(JsonNode node, double workers, double whole, List<PlanScan> scans) {
        double below = workers * (1 + node.path("Workers Planned").asDouble(0));
        if (node.path("Node Type").asText().equals("Seq Scan") && node.has("Filter")) {
            scans.add(
                    new PlanScan(
                            node.path("Relation Name").asText(),
                            node.path("Filter").asText(),
                            node.path("Plan Rows").asDouble() * workers,
                            node.path("Total Cost").asDouble(),
                            whole));
        }
        node.path("Plans").forEach(child -> collect(child, below, whole, scans));
    }
}
