package io.lakebaseops.agents;

import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.PlanComparison;
import io.lakebaseops.explain.UnreadablePlanException;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.history.StatementPlan;
import io.lakebaseops.lakehouse.history.StatementPlans;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The execution plans a statement has had: keeps a row when a plan is first seen and when it
/// differs from the one before, and tells of the change.
public record ExecutionPlanHistory(Lakehouse lakehouse, EventBus events) {

    /// @param changed another plan was in use before
    /// @param stored false when it is the plan already known
    /// @param since when this plan was first seen, as far as the history reaches; null when now
    /// @param previous the plan before it; null when there was none
    /// @param difference how this plan differs from the one before, in words; null with it
    public record Kept(
            boolean changed,
            boolean stored,
            @Nullable StatementPlan since,
            @Nullable StatementPlan previous,
            @Nullable String difference) {}

    /// @param meanMillis while the plan was in use, null when not known
    /// @param by `generic_plan`, `explain`, `analyze` or `auto_explain`: plans for given values are
    ///     not compared with those for any values
    public Kept keep(
            long queryid,
            ExecutionPlan plan,
            @Nullable Double meanMillis,
            String by,
            ToolContext context) {
        return keep(queryid, plan, meanMillis, meanMillis, by, context);
    }

    /// A plan that is looked up for somebody who asks, not when an interval ended.
    ///
    /// @param meanMillis since the server counts the statement: where it had other plans, that is
    ///     no mean of this one
    public Kept keepAsked(
            long queryid, ExecutionPlan plan, double meanMillis, ToolContext context) {
        return keep(queryid, plan, meanMillis, null, "generic_plan", context);
    }

    private Kept keep(
            long queryid,
            ExecutionPlan plan,
            @Nullable Double meanOfFirst,
            @Nullable Double meanOfLater,
            String by,
            ToolContext context) {
        var known =
                new StatementPlans(lakehouse)
                        .of(context.target(), queryid, context.deadline()).stream()
                                .filter(p -> p.capturedBy().equals(by))
                                .toList();
        var latest = known.isEmpty() ? null : known.getLast();
        if (latest != null && latest.fingerprint().equals(plan.fingerprint())) {
            var previous = known.size() < 2 ? null : known.get(known.size() - 2);
            return new Kept(false, false, latest, previous, difference(previous, plan));
        }
        var mean = latest == null ? meanOfFirst : meanOfLater;
        store(queryid, plan, mean, by, latest != null, context);
        var difference = difference(latest, plan);
        if (difference != null) {
            events.publish(
                    new OpsEvent.ExecutionPlanChanged(
                            context.target(), context.clock().instant(), queryid, difference));
        }
        return new Kept(latest != null, true, null, latest, difference);
    }

    private static @Nullable String difference(@Nullable StatementPlan before, ExecutionPlan plan) {
        if (before == null) {
            return null;
        }
        try {
            return PlanComparison.of(
                            ExplainedPlan.read(before.json()), ExplainedPlan.read(plan.json()))
                    .words();
        } catch (UnreadablePlanException e) {
            // Another writer of the table may keep plans in a form of its own.
            return "It differs from the plan before, which cannot be read: " + e.getMessage();
        }
    }

    private void store(
            long queryid,
            ExecutionPlan plan,
            @Nullable Double meanMillis,
            String by,
            boolean changed,
            ToolContext context) {
        var row =
                HistoryRow.of(
                        context.target(), context.clock().instant(), context.runId().toString());
        row.put("queryid", queryid);
        row.put("plan_fingerprint", plan.fingerprint());
        row.put("plan", plan.json());
        row.put("total_cost", plan.totalCost());
        row.put("plan_rows", plan.rows());
        row.put("mean_exec_time", meanMillis);
        row.put("plan_changed", changed);
        row.put("captured_by", by);
        lakehouse.append(OpsTables.PLAN_HISTORY.name(), List.of(row));
    }
}
