package io.lakebaseops.console.approvals;

import io.lakebaseops.domain.plan.FiledPlan;

import java.time.Instant;

/// What a person may do right now with the plan on the screen. Whether an approval would do is the
/// gate's own answer; here it is only told apart from what time and other people changed.
enum ApprovalState {
    OPEN,
    /// The gate would refuse the approval as it is filled in: a name or a reason is missing.
    INCOMPLETE,
    /// A decision is being carried out.
    WORKING,
    /// The plan is no longer what was shown.
    CHANGED,
    EXPIRED,
    /// Decided already, here or elsewhere.
    DECIDED;

    /// @param shown as the person saw it
    /// @param now as it stands in the queue
    /// @param refused whether the gate objects to the approval as it is filled in
    static ApprovalState of(
            FiledPlan shown, FiledPlan now, Instant clock, boolean working, boolean refused) {
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
        return refused ? INCOMPLETE : OPEN;
    }
}
