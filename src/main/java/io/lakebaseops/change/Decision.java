package io.lakebaseops.change;

/// What came of asking for approval.
public sealed interface Decision {

    record Granted(Approved approved) implements Decision {}

    /// @param reason why nothing ran: changed since shown, preconditions no longer hold, wrong name
    ///     …
    record Declined(String reason) implements Decision {}

    record Expired(String reason) implements Decision {}
}
