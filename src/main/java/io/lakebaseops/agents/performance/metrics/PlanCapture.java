package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.framework.ToolContext;

import java.util.Map;

/// Keeps the execution plans of statements that ran lately.
@FunctionalInterface
public interface PlanCapture {
    /// @param running mean time in ms, by database and queryid
    void capture(Map<String, Map<Long, Double>> running, ToolContext context);

    /// Both, one after the other.
    default PlanCapture then(PlanCapture next) {
        return (running, context) -> {
            capture(running, context);
            next.capture(running, context);
        };
    }
}
