package io.lakebaseops.change.approval;

import io.lakebaseops.domain.plan.FiledPlan;

/// Is told about every change of a plan's state, after it is stored. Called on the thread that
/// made the change; must not block.
@FunctionalInterface
public interface PlanListener {
    void changed(FiledPlan plan);

    PlanListener NOBODY = _ -> {};
}
