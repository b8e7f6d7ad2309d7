package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A cause of trouble, and what tells it from others; read from `diagnosis/causes.yaml`.
///
/// @param cause short name, stable, for programs
/// @param explains metrics it drives over their limits
/// @param needs all of these must hold, or it is not this cause
/// @param supports each that holds makes it likelier
/// @param against each that holds makes it less likely
/// @param now what to do at once
/// @param lasting what to do so that it does not come back
/// @param repair what the agents can do about it; null when only a person can
record CauseRule(
        String cause,
        String title,
        List<MetricName> explains,
        List<FactCondition> needs,
        @Nullable List<FactCondition> supports,
        @Nullable List<FactCondition> against,
        String now,
        String lasting,
        @Nullable RepairKind repair) {
    CauseRule {
        explains = List.copyOf(explains);
        needs = List.copyOf(needs);
        supports = supports == null ? List.of() : List.copyOf(supports);
        against = against == null ? List.of() : List.copyOf(against);
        if (needs.isEmpty()) {
            throw new IllegalArgumentException(cause + " needs nothing, so it would always hold");
        }
    }
}
