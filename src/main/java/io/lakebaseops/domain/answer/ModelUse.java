package io.lakebaseops.domain.answer;

import java.time.Duration;

/// What a language model did for an answer and what that took.
///
/// @param sentencesStruck sentences with a figure, name or time that no step returned
public record ModelUse(
        String name,
        int rounds,
        long tokensIn,
        long tokensOut,
        Duration took,
        int sentencesStruck) {}
