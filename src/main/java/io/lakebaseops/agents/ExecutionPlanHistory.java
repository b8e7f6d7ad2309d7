package io.lakebaseops.agents;

import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// The execution plans a statement has had: keeps a row when a plan is first seen and when it
/// differs from the one before.
public record ExecutionPlanHistory(Lakehouse lakehouse) {

    /// @param changed another plan was in use before
    /// @param stored false when it is the plan already known
    public record Kept(boolean changed, boolean stored) {}

    /// @param meanMillis while the plan was in use, null when not known
    /// @param by `generic_plan`, `explain`, `analyze` or `auto_explain`
    public Kept keep(
            long queryid,
            ExecutionPlan plan,
            @Nullable Double meanMillis,
            String by,
            ToolContext context) {
        var before = latest(queryid, context);
        if (plan.fingerprint().equals(before)) {
            return new Kept(false, false);
        }
        var row =
                HistoryRow.of(
                        context.target(), context.clock().instant(), context.runId().toString());
        row.put("queryid", queryid);
        row.put("plan_fingerprint", plan.fingerprint());
        row.put("plan", plan.json());
        row.put("total_cost", plan.totalCost());
        row.put("plan_rows", plan.rows());
        row.put("mean_exec_time", meanMillis);
        row.put("plan_changed", before != null);
        row.put("captured_by", by);
        lakehouse.append(OpsTables.PLAN_HISTORY.name(), List.of(row));
        return new Kept(before != null, true);
    }

    private @Nullable String latest(long queryid, ToolContext context) {
        var rows =
                lakehouse.query(
                        HistoryQueries.LATEST_PLAN,
                        Map.of(
                                "project", context.target().project(),
                                "branch", context.target().branch(),
                                "queryid", queryid),
                        ReadScope.ALL,
                        context.deadline());
        return rows.isEmpty()
                ? null
                : String.valueOf(rows.list().getFirst().get("plan_fingerprint"));
    }
}
