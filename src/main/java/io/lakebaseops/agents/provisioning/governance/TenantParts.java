package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;

import java.util.List;

/// The part of a larger plan that isolates tenants.
///
/// @param undo in the order it runs; empty where the whole project goes instead
/// @param obstacles why it cannot be planned; empty when it can
record TenantParts(
        List<Step> steps,
        List<Step> undo,
        List<Precondition> preconditions,
        List<Postcondition> proofs,
        List<Postcondition> undoProofs,
        List<String> caveats,
        List<String> obstacles) {
    TenantParts {
        steps = List.copyOf(steps);
        undo = List.copyOf(undo);
        preconditions = List.copyOf(preconditions);
        proofs = List.copyOf(proofs);
        undoProofs = List.copyOf(undoProofs);
        caveats = List.copyOf(caveats);
        obstacles = List.copyOf(obstacles);
    }

    static TenantParts none(List<String> caveats) {
        return new TenantParts(
                List.of(), List.of(), List.of(), List.of(), List.of(), caveats, List.of());
    }

    static TenantParts refused(List<String> obstacles) {
        return new TenantParts(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), obstacles);
    }
}
