package io.lakebaseops.gameday;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What the game day asks of the product and grades: its own tools and its own record, nothing
/// else.
public interface ProductUnderTest {
    /// Runs `diagnose_root_cause` for the server as a whole.
    Answer diagnose();

    /// Alerts raised since then.
    List<String> alertsSince(Instant since);

    /// Runs `self_heal` and waits until what was filed since the fault began is decided and
    /// verified, or waits for a person.
    Healing heal(Instant since);

    /// The best that came of what was filed since then, whoever asked for it.
    Healing repairsSince(Instant since);

    /// What the audit chain says was carried out since then, by plan.
    List<Deed> deedsSince(Instant since);

    /// @param cause the first hypothesis; null when none is named
    /// @param words as it would be read aloud
    record Answer(String verdict, @Nullable String cause, String words) {
        public boolean named() {
            return cause != null;
        }
    }

    /// @param outcome the best that came of it
    /// @param words titles of plans or findings
    record Healing(Outcome outcome, String words) {
        /// In the order of their worth.
        public enum Outcome {
            NOTHING,
            FAILED,
            HANDED_ON,
            WAITS_FOR_PERSON,
            VERIFIED
        }
    }

    /// @param tool that proposed it; @param endedSessions whether sessions were ended
    record Deed(String tool, String title, boolean endedSessions) {}
}
