package io.lakebaseops.notify;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What became of one try to send a message.
public sealed interface SendResult {
    /// @param receipt what the channel needs to continue later; null when nothing
    record Sent(@Nullable String receipt) implements SendResult {}

    /// May well succeed later.
    ///
    /// @param after how long the other side asked us to wait; null when it said nothing
    record Later(String reason, @Nullable Duration after) implements SendResult {}

    /// Will be refused again: a wrong key, a channel that is not there.
    record Refused(String reason) implements SendResult {}
}
