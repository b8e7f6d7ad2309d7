package io.lakebaseops.change.audit;

import io.lakebaseops.domain.Actor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The append-only record of what was filed, decided and done, each entry carrying the hash of the
/// one before it.
public interface AuditLog {
    List<AuditEntry> entries(int limit);

    /// Checks the entries since the last good verification of this console, and the plans they are
    /// about; its cost does not grow with history.
    ChainState verify();

    /// Checks every entry, every plan, and every end of the chain remembered here or in history.
    ChainState verifyAll();

    /// What the chain would have to be accepted as a new start of, after a backup of the state
    /// database was restored; empty when nothing seen earlier is missing.
    Optional<Restored> restored();

    /// Writes into the chain that a person accepts the restored copy as its continuation, and holds
    /// it as seen from here. Refused unless the copy is whole in itself.
    ///
    /// @param head the end of the chain that the person was shown
    ChainState acceptRestored(Actor person, String head, String reason);

    /// @param entries in the copy, with its end
    /// @param kept the last entry seen earlier that it holds; @param lost the last that it lacks
    record Restored(long entries, String head, long kept, long lost, Instant lostSeenAt) {}

    /// @param kind `filed`, `decision`, `intent`, `receipt`, `verification`, `shortened`,
    ///     `restored`, …
    /// @param body canonical JSON of what happened
    /// @param form 1: hash only; 2: also login and key are hashed, and the hash is signed
    /// @param login the role of the state database it was written by
    /// @param keyId which key signed it
    record AuditEntry(
            long seq,
            Instant at,
            String kind,
            @Nullable UUID planId,
            String actor,
            String body,
            String previousHash,
            String hash,
            int form,
            @Nullable String login,
            @Nullable String keyId,
            @Nullable String signature) {}

    sealed interface ChainState {
        /// @param notes what was not or only partly proven, in sentences
        record Intact(long entries, String head, List<String> notes) implements ChainState {
            public Intact {
                notes = List.copyOf(notes);
            }

            public Intact(long entries, String head) {
                this(entries, head, List.of());
            }
        }

        /// @param seq the first entry that does not fit, and why
        record Broken(long seq, String why) implements ChainState {}
    }
}
