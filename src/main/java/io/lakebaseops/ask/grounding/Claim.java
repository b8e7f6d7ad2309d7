package io.lakebaseops.ask.grounding;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;

/// Something in a sentence that is either so or not: an amount, a moment, a name, or that there is
/// nothing.
sealed interface Claim {
    /// As it is written.
    String text();

    /// How an amount is meant.
    enum Hedge {
        EXACT,
        /// "about"
        ABOUT,
        /// "more than", "over"
        MORE,
        /// "less than", "up to"
        LESS,
        /// "the last 7 days", "the top 5": what was looked at
        WITHIN,
        /// "the 3rd"
        PLACE
    }

    /// @param slack half a unit of its last digit, by which rounding may have moved it
    record Meaning(Dimension dimension, BigDecimal value, BigDecimal slack) {}

    /// @param meanings one of which has to hold
    record Amount(String text, List<Meaning> meanings, Hedge hedge) implements Claim {
        public Amount {
            meanings = List.copyOf(meanings);
        }
    }

    /// @param year 0 when it is not said
    /// @param month 0 when no day is said
    record Moment(
            String text,
            int year,
            int month,
            int day,
            @Nullable LocalTime time,
            boolean seconds,
            boolean utc)
            implements Claim {}

    /// An object, column, setting or function.
    record Name(String text) implements Claim {}

    /// "no …", "none", "never".
    record Nothing(String text) implements Claim {}
}
