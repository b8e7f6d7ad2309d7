package io.lakebaseops.notify;

import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

/// One way to reach people. Sending blocks for a bounded time and fails by its result only.
interface Channel {
    /// @param earlier receipt of the message that told of this alert; null when none was kept
    SendResult send(Message message, @Nullable String earlier);

    /// Some have no use for the news that somebody has seen an alert.
    boolean takes(Act act);

    /// Where it leads to, without any secret.
    String destination();
}
