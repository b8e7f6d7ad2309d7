package io.lakebaseops.agents;

import io.lakebaseops.change.ApprovalDesk;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What follows when a plan has ended? Hands ended plans to whoever keeps the books for the tool
/// that proposed them: history rows, past-tense events.
public final class PlanAftermath {
    private final ApprovalDesk desk;
    private final Map<String, List<Consumer<FiledPlan>>> byTool;

    /// @param byTool tool name to those who want to know
    public PlanAftermath(ApprovalDesk desk, Map<String, List<Consumer<FiledPlan>>> byTool) {
        this.desk = desk;
        this.byTool = Map.copyOf(byTool);
    }

    public EventBus.Subscription watch(EventBus events) {
        return events.subscribe("plan-aftermath", this::on);
    }

    private void on(OpsEvent event) {
        if (event instanceof OpsEvent.PlanChanged changed) {
            desk.find(changed.planId()).filter(f -> !f.state().open()).ifPresent(this::tell);
        }
    }

    private void tell(FiledPlan filed) {
        byTool.getOrDefault(filed.plan().tool(), List.of()).forEach(c -> c.accept(filed));
    }
}
