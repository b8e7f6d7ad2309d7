package io.lakebaseops.state;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The messages about alerts: what is to be sent to which channel, and what became of it. They
/// outlive the console that filed them, so a restart neither loses nor repeats one.
public interface Outbox {
    /// Alerts that are on, and those that ended after `since`.
    List<Alert> toTell(Instant since);

    /// Oldest first.
    List<Entry> about(Collection<String> alerts);

    /// Files it unless the same is filed already.
    void add(Entry entry);

    /// Those waiting whose time has come.
    List<Entry> due(Instant now, int limit);

    /// Takes the next try; false when the message ended or another console took this try.
    ///
    /// @param next when it is tried again if this process dies in the middle
    boolean claim(Entry entry, Instant next);

    /// @param reason why the last try failed; null when it was not tried
    void postpone(UUID id, Instant due, @Nullable String reason);

    void end(UUID id, State state, Instant at, @Nullable String reason, @Nullable String receipt);

    /// What became of the last message to each channel that was tried.
    List<Last> last();

    /// @param at when it ended, or is tried again
    /// @param reason why the last try failed; null when it was sent
    record Last(String channel, State state, Instant at, @Nullable String reason) {}

    /// The plans made for an alert, newest first.
    List<Deed> deeds(String alert);

    enum Act {
        TRIGGER,
        /// Nobody acknowledged it in time.
        ESCALATE,
        ACKNOWLEDGE,
        RESOLVE
    }

    enum State {
        WAITING,
        SENT,
        /// Given up: refused for good, or tried too long.
        FAILED,
        /// No longer needed: it was over, or back, before it was sent.
        DROPPED
    }

    /// @param round how often the alert had come back
    /// @param endedAt when it was sent, given up or dropped
    /// @param reason why it was not sent
    /// @param receipt what the channel needs to say more about the same alert later
    record Entry(
            UUID id,
            String alertId,
            String channel,
            Act act,
            Severity severity,
            int round,
            State state,
            Instant createdAt,
            Instant dueAt,
            int attempts,
            @Nullable Instant endedAt,
            @Nullable String reason,
            @Nullable String receipt) {
        public static Entry of(
                Alert alert, String channel, Act act, Severity severity, Instant at, Instant due) {
            return new Entry(
                    UUID.randomUUID(),
                    alert.id(),
                    channel,
                    act,
                    severity,
                    alert.returns(),
                    State.WAITING,
                    at,
                    due,
                    0,
                    null,
                    null,
                    null);
        }
    }

    /// @param state as a filed plan has it
    record Deed(String title, String state, @Nullable String decidedBy) {}
}
