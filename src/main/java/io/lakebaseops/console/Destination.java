package io.lakebaseops.console;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Where in the console can one go, and to which thing there?
public sealed interface Destination {
    record Overview() implements Destination {}

    /// @param plan to select; null keeps what is selected
    record Approvals(@Nullable UUID plan) implements Destination {}

    /// @param tool whose form opens; null opens none
    record Agents(@Nullable String tool) implements Destination {}
}
