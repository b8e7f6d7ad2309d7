package io.lakebaseops.console.approvals;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;

import java.time.Instant;

/// May the plan on the screen be approved right now, and if not, why?
enum ApprovalState {
    OPEN,
    /// HIGH: the object's name is not typed yet.
    NAME_MISSING,
    /// HIGH: no reason given yet.
    REASON_MISSING,
    /// A decision of ours is being carried out.
    WORKING,
    /// The plan is no longer what was shown.
    CHANGED,
    EXPIRED,
    /// Decided already, here or elsewhere.
    DECIDED;

    /// @param shown as the person saw it
    /// @param now as it stands in the queue
    static ApprovalState of(
            FiledPlan shown,
            FiledPlan now,
            Instant clock,
            boolean working,
            String typed,
            String reason) {
        if (working || (now.state().open() && now.state() != FiledPlan.State.WAITING)) {
            return WORKING;
        }
        if (now.state() == FiledPlan.State.EXPIRED) {
            return EXPIRED;
        }
        if (now.state() != FiledPlan.State.WAITING) {
            return DECIDED;
        }
        if (!shown.fingerprint().equals(now.fingerprint())) {
            return CHANGED;
        }
        if (!clock.isBefore(now.plan().expiresAt())) {
            return EXPIRED;
        }
        if (now.risk().level() != RiskLevel.HIGH) {
            return OPEN;
        }
        var subject = now.plan().subject();
        if (!typed.equals(subject.name()) && !typed.equals(subject.display())) {
            return NAME_MISSING;
        }
        return reason.isBlank() ? REASON_MISSING : OPEN;
    }
}
