package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Time, cost, buffers and row estimates of each node of a plan by itself.
///
/// EXPLAIN gives totals with everything below, and means of a loop. Self time is total × loops less
/// the same of the nodes below; under a Gather, where several processes run at the same time, loops
/// are divided by the processes. The time of a common table expression belongs to the scan that
/// asked for it, the time of an InitPlan to the node that uses its value.
///
/// @param millis of the whole statement, null where no time was measured
/// @param cost of all nodes by themselves, in planner units; more than the root says where a Limit
///     stops nodes
public record PlanFigures(Map<Integer, NodeFigures> nodes, @Nullable Double millis, double cost) {
    public PlanFigures {
        nodes = Map.copyOf(nodes);
    }

    public static PlanFigures of(ExplainedPlan plan) {
        var totals = new InclusiveFigures(plan.root());
        var estimates = new EstimateReview(plan.root());
        boolean timed = plan.root().actual() instanceof Actual a && a.timed() && a.executed();
        double whole =
                plan.executionMillis() != null && timed
                        ? Math.max(plan.executionMillis(), totals.millis(plan.root()))
                        : totals.millis(plan.root());
        // Below a Limit the nodes cost more than the whole, since they are expected to be stopped.
        double cost = plan.root().all().mapToDouble(totals::selfCost).sum();
        var nodes = new HashMap<Integer, NodeFigures>();
        plan.root()
                .all()
                .forEach(
                        node -> {
                            Double self = timed ? Double.valueOf(totals.selfMillis(node)) : null;
                            double share = self == null || whole <= 0 ? 0 : self / whole;
                            double selfCost = totals.selfCost(node);
                            var estimate = estimates.of(node);
                            double factor = estimates.factor(node);
                            nodes.put(
                                    node.number(),
                                    new NodeFigures(
                                            self,
                                            share,
                                            selfCost,
                                            cost <= 0 ? 0 : selfCost / cost,
                                            totals.selfBuffers(node),
                                            factor,
                                            estimate,
                                            severity(share, factor, estimate)));
                        });
        return new PlanFigures(nodes, timed ? Double.valueOf(whole) : null, cost);
    }

    private static PlanSeverity severity(double share, double factor, RowEstimate estimate) {
        double off = estimate == RowEstimate.ORIGIN ? Math.max(factor, 1 / factor) : 1;
        if (share > 0.5 || off >= 100) {
            return PlanSeverity.CRITICAL;
        }
        return share > 0.2 || off >= 10 ? PlanSeverity.WARNING : PlanSeverity.NONE;
    }

    public NodeFigures of(PlanNode node) {
        var figures = nodes.get(node.number());
        if (figures == null) {
            throw new IllegalArgumentException("Not a node of this plan: " + node.number());
        }
        return figures;
    }
}
