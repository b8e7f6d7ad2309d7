package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.state.Alerts;

import java.util.function.Consumer;

/// Records with an alert the repair that the agents made by themselves and found to have helped.
/// What a person approved, and what was not confirmed by its proofs, is not the agents' merit.
public final class AlertLedger implements Consumer<FiledPlan> {
    private final Alerts alerts;

    public AlertLedger(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void accept(FiledPlan filed) {
        var alert = filed.plan().alertId();
        if (alert != null
                && filed.state() == FiledPlan.State.DONE
                && filed.byPolicy()
                && filed.verification() instanceof Verification.Confirmed) {
            alerts.repaired(alert, filed.id());
        }
    }
}
