package io.lakebaseops.change.audit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What was done, by whom, with what result: append-only, each entry carrying the hash of the one
/// before it.
public interface AuditLog {
    List<AuditEntry> entries(int limit);

    /// Recomputes the whole chain.
    ChainState verify();

    /// @param kind `filed`, `decision`, `intent`, `receipt`, `verification`, `undo_intent`, …
    /// @param body canonical JSON of what happened
    record AuditEntry(
            long seq,
            Instant at,
            String kind,
            @Nullable UUID planId,
            String actor,
            String body,
            String previousHash,
            String hash) {}

    sealed interface ChainState {
        record Intact(long entries, String head) implements ChainState {}

        /// @param seq the first entry that does not fit, and why
        record Broken(long seq, String why) implements ChainState {}
    }
}
