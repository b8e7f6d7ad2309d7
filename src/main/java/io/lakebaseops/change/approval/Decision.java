package io.lakebaseops.change.approval;

import io.lakebaseops.domain.plan.FiledPlan;

/// What came of asking for approval.
public sealed interface Decision {

    /// It ran, to whatever end: its state tells.
    record Granted(FiledPlan filed) implements Decision {}

    /// @param reason why nothing ran: changed since shown, preconditions no longer hold, wrong name
    ///     …
    record Declined(String reason) implements Decision {}

    record Expired(String reason) implements Decision {}
}
