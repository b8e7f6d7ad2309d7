package io.lakebaseops.domain.answer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// One way to understand a question: what is asked for, and about what.
///
/// @param intent id of the intent, for example `unused_indexes`
/// @param words the intent in plain words: `indexes that nothing uses`
/// @param score how well it fits, 0 to 1
/// @param reads what would be read for it and how old that is: `live`, `history to 11:52`
/// @param expected how long it usually takes; null when it never ran
public record Reading(
        String intent,
        String words,
        double score,
        List<Slot> slots,
        String reads,
        @Nullable Duration expected) {
    /// The intent of an answer that a language model worded; its words are the model's name.
    public static final String BY_MODEL = "language_model";

    public Reading {
        slots = List.copyOf(slots);
    }

    /// A thing the question names, as it was found on the server.
    ///
    /// @param name `table`, `index`, `statement`, `role`, `database`, `branch`, `setting`,
    ///     `session`, `time`, `against` …
    /// @param value what [Question#slots] takes to mean the same again
    /// @param words as shown on the chip
    /// @param others values that could be meant too, best first
    public record Slot(String name, String value, String words, List<String> others) {
        public Slot {
            others = List.copyOf(others);
        }
    }
}
