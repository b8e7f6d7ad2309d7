package io.lakebaseops.agents.health.diagnosis;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A cause that the facts allow, with what speaks for and against it.
///
/// @param confidence 0 to 1, from the weights of the facts
/// @param since when it began, as far as a fact tells
/// @param explains metrics beyond their limits that it drives
/// @param evidence facts that speak for it, as sentences
/// @param against facts that speak against it
/// @param now what to do at once
/// @param lasting what to do so that it does not come back
public record Hypothesis(
        String cause,
        String title,
        double confidence,
        @Nullable Instant since,
        List<String> explains,
        List<String> evidence,
        List<String> against,
        String now,
        String lasting,
        @Nullable RepairKind repair) {
    public Hypothesis {
        explains = List.copyOf(explains);
        evidence = List.copyOf(evidence);
        against = List.copyOf(against);
    }
}
