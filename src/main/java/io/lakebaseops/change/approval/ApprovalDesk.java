package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.PlanSubmitter;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Where plans wait for a decision, and where decided ones are found again. Low risk is decided by
/// policy as soon as it is filed; the rest waits for people. Blocking: never call on the FX thread.
public interface ApprovalDesk extends PlanSubmitter {
    List<FiledPlan> waiting();

    /// Decided plans, newest first.
    List<FiledPlan> history(int limit);

    Optional<FiledPlan> find(UUID id);

    /// Decides, re-checks and, when granted, runs the plan to its end (verification included).
    ///
    /// @param shown the fingerprint the person saw; another one is refused
    /// @param typedName the object's name, needed for HIGH
    /// @param reason needed for HIGH
    Decision approve(
            UUID id,
            PlanFingerprint shown,
            Actor by,
            @Nullable String typedName,
            @Nullable String reason);

    void reject(UUID id, Actor by, String reason);

    /// Runs the undo captured in a done plan; a decision and an audit entry of its own.
    Decision undo(UUID id, Actor by, String reason);
}
