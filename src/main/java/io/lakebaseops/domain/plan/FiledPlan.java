package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// A plan as it stands in the queue or in history.
///
/// @param decidedBy who approved or rejected; `policy` when it ran by itself
/// @param reason of the rejection, the refusal or the failure
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
        @Nullable Instant finishedAt) {

    public enum State {
        WAITING,
        APPROVED,
        RUNNING,
        DONE,
        FAILED,
        REJECTED,
        EXPIRED,
        /// A newer plan or a changed target made it void.
        SUPERSEDED,
        UNDOING,
        UNDONE;

        public boolean open() {
            return this == WAITING || this == APPROVED || this == RUNNING || this == UNDOING;
        }
    }
}
