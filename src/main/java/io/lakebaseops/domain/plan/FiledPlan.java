package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// A plan as it stands in the queue or in history.
///
/// @param decidedBy who approved or rejected; `policy` when it ran by itself
/// @param reason of the rejection, the refusal or the failure
/// @param heldUntil until when a rejection holds for the same facts; null when it does not, and for
///     a finding that is ignored for good
public record FiledPlan(
        UUID id,
        ChangePlan plan,
        PlanFingerprint fingerprint,
        Risk risk,
        State state,
        Instant filedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason,
        @Nullable Verification verification,
        @Nullable Instant finishedAt,
        @Nullable Instant heldUntil) {

    public FiledPlan(
            UUID id,
            ChangePlan plan,
            PlanFingerprint fingerprint,
            Risk risk,
            State state,
            Instant filedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason,
            @Nullable Verification verification,
            @Nullable Instant finishedAt) {
        this(
                id,
                plan,
                fingerprint,
                risk,
                state,
                filedAt,
                decidedBy,
                decidedAt,
                reason,
                verification,
                finishedAt,
                null);
    }

    /// Who decides about what runs by itself, as plans and the audit chain name it.
    public static final String POLICY = "policy";

    /// Did it run by itself, without a person's word?
    public boolean byPolicy() {
        return POLICY.equals(decidedBy);
    }

    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        REJECTED,
        EXPIRED,
        /// A newer plan or a changed target made it void.
        SUPERSEDED,
        /// A plan of its own took it back.
        UNDONE,
        /// The answer to filing what a person said no to: it stands in no queue.
        HELD_BACK;

        public boolean open() {
            return this == WAITING || this == RUNNING;
        }
    }
}
