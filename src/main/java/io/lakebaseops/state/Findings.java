package io.lakebaseops.state;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What is wrong now, and since when? One row per fingerprint, updated when seen again, closed when
/// a complete look no longer finds it.
public interface Findings {
    /// Stores what a run saw and closes open findings of the covered kinds it did not see.
    Reconciled reconcile(TargetId target, List<Finding> seen, List<String> coversKinds, Instant at);

    /// Open findings, worst and oldest first; of all targets when null.
    List<StoredFinding> open(@Nullable TargetId target);

    void ignore(String fingerprint, String by, String reason, @Nullable Instant until);

    record Reconciled(List<Finding> opened, List<Finding> updated, List<String> closed) {}

    enum State {
        OPEN,
        CLOSED,
        IGNORED
    }

    record StoredFinding(
            Finding finding,
            State state,
            Instant firstSeen,
            Instant lastSeen,
            int timesSeen,
            @Nullable String ignoreReason) {}
}
