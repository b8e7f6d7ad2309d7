package io.lakebaseops.app.past;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.agents.ExecutionPlan;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The generated past of execution plans: those the statements have today, and for one of them the
/// plan it had while an index was there.
///
/// @param explained the plan of each statement now, as EXPLAIN (FORMAT JSON) gives it, by queryid
record PastPlans(TargetId target, DemoServer server, LoadCurve curve, Map<Long, String> explained) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    PastPlans {
        explained = Map.copyOf(explained);
    }

    List<Map<String, @Nullable Object>> rows() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var statement : server.statements()) {
            var text = explained.get(statement.queryId());
            if (text == null) {
                continue;
            }
            var now = ExecutionPlan.of(text);
            double mean = statement.profile().millis();
            if (statement.profile().name().equals("login")) {
                var before = ExecutionPlan.of(withIndex());
                rows.add(
                        row(
                                statement.queryId(),
                                curve.from(),
                                before,
                                PastStatements.LOGIN_MILLIS,
                                false));
                rows.add(row(statement.queryId(), curve.indexDropped(), now, mean, true));
            } else {
                rows.add(row(statement.queryId(), curve.from(), now, mean, false));
            }
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(
            long queryId, Instant at, ExecutionPlan plan, double mean, boolean changed) {
        // A moment later than the beginning, or it would be too old at once.
        var row = PastRows.of(target, at.plusSeconds(60));
        row.put("queryid", queryId);
        row.put("plan_fingerprint", plan.fingerprint());
        row.put("plan", plan.json());
        row.put("total_cost", plan.totalCost());
        row.put("plan_rows", plan.rows());
        row.put("mean_exec_time", mean);
        row.put("plan_changed", changed);
        row.put("captured_by", "generic_plan");
        return row;
    }

    private static String withIndex() {
        ObjectNode plan = JSON.createObjectNode();
        plan.put("Node Type", "Index Scan");
        plan.put("Parallel Aware", false);
        plan.put("Scan Direction", "Forward");
        plan.put("Index Name", "customers_email_idx");
        plan.put("Relation Name", "customers");
        plan.put("Schema", "shop");
        plan.put("Alias", "customers");
        plan.put("Startup Cost", 0.41);
        plan.put("Total Cost", 8.43);
        plan.put("Plan Rows", 1);
        plan.put("Plan Width", 21);
        plan.put("Index Cond", "(customers.email = $1)");
        return JSON.createArrayNode().add(JSON.createObjectNode().set("Plan", plan)).toString();
    }
}
