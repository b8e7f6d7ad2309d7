package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A change exactly as it would run, before anyone decided about it.
///
/// @param tool the tool that proposes it, snake case
/// @param verb what the button says: `Drop index`, `Vacuum`
/// @param title the act and the object: `Drop index orders_status_idx on shop.orders`
/// @param why the reason in one or two sentences with figures
/// @param findingFingerprint the finding it mends; null when asked for by a person
/// @param alertId the alert that asked for it, null otherwise
/// @param expiresAt after this it must be planned anew from fresh evidence
public record ChangePlan(
        TargetId target,
        String tool,
        Actor proposedBy,
        String verb,
        String title,
        Subject subject,
        String why,
        List<Step> steps,
        Undo undo,
        ExpectedEffect effect,
        List<Precondition> preconditions,
        List<Postcondition> proofs,
        List<Evidence> evidence,
        @Nullable String findingFingerprint,
        @Nullable String alertId,
        Instant createdAt,
        Instant expiresAt) {
    public ChangePlan {
        steps = List.copyOf(steps);
        preconditions = List.copyOf(preconditions);
        proofs = List.copyOf(proofs);
        evidence = List.copyOf(evidence);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A plan without steps changes nothing");
        }
        if (!expiresAt.isAfter(createdAt)) {
            throw new IllegalArgumentException("A plan must expire after it was made");
        }
    }

    public PlanFingerprint fingerprint() {
        return PlanFingerprint.of(this);
    }
}
