package io.lakebaseops.change.execution;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;
import io.lakebaseops.state.CreatedResources;

/// Runs acts on the control plane, and records what they make as made by us.
public final class ControlPlaneExecutor {
    private final CreatedResources created;

    public ControlPlaneExecutor(CreatedResources created) {
        this.created = created;
    }

    public void run(
            ControlPlane plane,
            FiledPlan filed,
            Step.ApiStep step,
            Deadline deadline,
            OperationProgress progress) {
        var plan = filed.plan();
        try {
            ControlPlaneAct.of(step.act())
                    .run(plane, deadline, progress)
                    .ifPresent(
                            made ->
                                    created.add(
                                            plan.target().profile(),
                                            new CreatedResources.Entry(
                                                    filed.id(), plan.tool(), made)));
        } finally {
            plane.listing().changed(plan.target().project());
        }
    }
}
