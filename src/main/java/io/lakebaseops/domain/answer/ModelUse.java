package io.lakebaseops.domain.answer;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;

/// What a language model did for an answer and what that took.
///
/// @param sentencesStruck sentences with a figure, name or time that no step returned
/// @param cost by the price of the settings; null where none is known
public record ModelUse(
        String name,
        int rounds,
        long tokensIn,
        long tokensOut,
        Duration took,
        int sentencesStruck,
        @Nullable BigDecimal cost) {}
