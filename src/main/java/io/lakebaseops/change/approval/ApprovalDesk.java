package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.CancelledRun;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.domain.plan.RunningPlan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The desk where plans wait for a decision, and where decided ones are found again. Low risk is
/// decided by policy as soon as it is filed; the rest waits for people. Blocking: never call on the
/// FX thread.
public interface ApprovalDesk extends PlanSubmitter {
    /// Riskiest and oldest first.
    List<FiledPlan> waiting(int offset, int limit);

    default List<FiledPlan> waiting() {
        return waiting(0, Integer.MAX_VALUE);
    }

    /// Decided plans, newest first.
    default List<FiledPlan> history(int limit) {
        return history(null, limit);
    }

    /// @param target null for every server
    List<FiledPlan> history(@Nullable TargetId target, int limit);

    Optional<FiledPlan> find(UUID id);

    /// Plans whose id begins like this, newest first.
    List<FiledPlan> find(String prefix, int limit);

    /// Ends the plans whose process died in the middle, as failed with an unknown outcome; returns
    /// how many. They are never run again by themselves.
    int settleAbandoned();

    /// What agents do not propose again because a person said no, newest refusal first.
    default List<HeldBack> heldBack(int limit) {
        return heldBack(null, limit);
    }

    /// @param target null for every server
    List<HeldBack> heldBack(@Nullable TargetId target, int limit);

    /// Ends a refusal before its time: what it was about is proposed again when it is next found.
    void askAgain(HeldBack held, Actor by);

    /// Takes back that a refusal was ended; nothing happens where it holds, or was decided anew.
    void holdAgain(HeldBack held, Actor by);

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

    /// A person's no holds for the same facts until a month has passed or they get worse.
    default void reject(UUID id, Actor by, String reason) {
        reject(id, by, reason, null);
    }

    /// @param until the same is not proposed again before; null = a month from now
    void reject(UUID id, Actor by, String reason, @Nullable Instant until);

    /// What runs now, of any process, with the sessions each waits for. Asks the servers.
    List<RunningPlan> watchRunning();

    /// Cancels the running plan at its server and waits for the answer; what its cancelled step
    /// left behind is cleaned up as after any failure.
    ///
    /// @throws io.lakebaseops.domain.OpsException CONFLICT when it does not run in this process
    CancelledRun cancel(UUID id, Actor by);

    /// Files the plan that takes a done one back. It waits for a decision like any other, unless
    /// its own risk is low; once it is done, the first plan counts as undone.
    FiledPlan planUndo(UUID id, Actor by);
}
