package io.lakebaseops.agents.health.diagnosis;

import org.jspecify.annotations.Nullable;

/// What a rule asks of one fact: that its figure lies within limits.
///
/// @param weight how much it says, against the others of its rule; 1 when not given
record FactCondition(
        FactName fact, @Nullable Double atLeast, @Nullable Double atMost, @Nullable Double weight) {
    FactCondition {
        if (atLeast == null && atMost == null) {
            throw new IllegalArgumentException(fact.id() + " is asked for without a limit");
        }
    }

    enum Truth {
        YES,
        NO,
        UNKNOWN
    }

    double importance() {
        return weight == null ? 1 : weight;
    }

    Truth of(Facts facts) {
        return facts.find(fact)
                .map(f -> within(f.value()) ? Truth.YES : Truth.NO)
                .orElse(Truth.UNKNOWN);
    }

    private boolean within(double value) {
        return (atLeast == null || value >= atLeast) && (atMost == null || value <= atMost);
    }
}
