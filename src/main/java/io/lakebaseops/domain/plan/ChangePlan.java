package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A change exactly as it would run, before anyone decided about it.
///
/// @param tool the tool that proposes it, snake case
/// @param verb what the button says: `Drop index`, `Vacuum`
/// @param title the act and the object: `Drop index orders_status_idx on shop.orders`
/// @param why the reason in one or two sentences with figures
/// @param findingFingerprint the finding it mends; null when asked for by a person
/// @param alertId the alert that asked for it, null otherwise
/// @param expiresAt after this it must be planned anew from fresh evidence
/// @param undoOf the plan that this one takes back; null for every other plan
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
        Instant expiresAt,
        @Nullable UUID undoOf) {
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

    /// A plan that takes nothing back.
    public ChangePlan(
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
        this(
                target,
                tool,
                proposedBy,
                verb,
                title,
                subject,
                why,
                steps,
                undo,
                effect,
                preconditions,
                proofs,
                evidence,
                findingFingerprint,
                alertId,
                createdAt,
                expiresAt,
                null);
    }

    public PlanFingerprint fingerprint() {
        return identity().fingerprint();
    }

    /// The same for every plan that does this to this object under these conditions: it is kept
    /// once in the queue, however often it is made.
    public String work() {
        return identity().work();
    }

    /// The same for every plan whose refusal this one would bring up again.
    public String facts() {
        return identity().facts();
    }

    /// All three, which cost little more than one of them.
    public Identity identity() {
        return CanonicalPlan.identity(this);
    }

    /// @param work see [ChangePlan#work()]
    /// @param facts see [ChangePlan#facts()]
    public record Identity(PlanFingerprint fingerprint, String work, String facts) {}

    /// Bytes its statements touch, in all.
    public long bytesTouched() {
        return steps.stream()
                .mapToLong(
                        s ->
                                switch (s) {
                                    case Step.SqlStep sql -> sql.bytesTouched();
                                    case Step.ScriptStep script -> script.bytesTouched();
                                    case Step.ApiStep _ -> 0;
                                    case Step.ArchiveStep archive -> archive.bytesTouched();
                                })
                .sum();
    }
}
