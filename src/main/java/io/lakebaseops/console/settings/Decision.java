package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.state.Alerts.Mute;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Something a person decided not to hear about for a while: it is the setting most easily
/// forgotten.
sealed interface Decision {
    String what();

    String reason();

    String by();

    @Nullable Instant since();

    /// Null for good.
    @Nullable Instant until();

    Kind kind();

    enum Kind {
        MUTED(Texts.of("Muted"), Texts.of("Unmute")),
        IGNORED(Texts.of("Ignored"), Texts.of("Show again")),
        KEPT(Texts.of("Kept"), Texts.of("Ask again"));

        private final String word;
        private final String act;

        Kind(String word, String act) {
            this.word = word;
            this.act = act;
        }

        String word() {
            return word;
        }

        /// What ends it.
        String act() {
            return act;
        }
    }

    /// @param what the measure and the object
    record Muted(String what, Mute mute) implements Decision {
        @Override
        public Kind kind() {
            return Kind.MUTED;
        }

        @Override
        public String reason() {
            return mute.reason();
        }

        @Override
        public String by() {
            return mute.by();
        }

        @Override
        public Instant since() {
            return mute.at();
        }

        @Override
        public Instant until() {
            return mute.until();
        }
    }

    /// A refused plan, or an ignored finding.
    record Refused(HeldBack held) implements Decision {
        @Override
        public Kind kind() {
            return held.plan() == null ? Kind.IGNORED : Kind.KEPT;
        }

        @Override
        public String what() {
            return held.title();
        }

        @Override
        public String reason() {
            return held.why();
        }

        @Override
        public String by() {
            return held.by();
        }

        @Override
        public @Nullable Instant since() {
            return held.at();
        }

        @Override
        public @Nullable Instant until() {
            return held.until();
        }
    }
}
