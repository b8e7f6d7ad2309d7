package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Resets of branches that broke off half-way, and what of them is left to do. Settings and
/// roles of a branch that is already deleted are known from that plan alone.
public final class InterruptedResets {
    static final String TOOL = "reset_branch_from_parent";

    private final Supplier<List<FiledPlan>> decided;

    /// @param decided plans that were decided about, newest first
    public InterruptedResets(Supplier<List<FiledPlan>> decided) {
        this.decided = decided;
    }

    /// @param reason why it broke off
    record Rest(String parent, List<Step> steps, String reason) {}

    Optional<Rest> rest(TargetId target, String id, @Nullable Branch now) {
        return decided.get().stream()
                .filter(p -> resets(p, target, id))
                .findFirst()
                .filter(p -> p.state() == FiledPlan.State.FAILED)
                .filter(p -> now == null || madeBy(p, now))
                .flatMap(p -> left(p, now));
    }

    private static boolean resets(FiledPlan p, TargetId target, String id) {
        var of = p.plan().target();
        return p.plan().tool().equals(TOOL)
                && of.profile().equals(target.profile())
                && of.project().equals(target.project())
                && p.plan().subject().name().equals(id)
                && p.state() != FiledPlan.State.REJECTED
                && p.state() != FiledPlan.State.EXPIRED;
    }

    /// Made after the reset began, so it is the new one, perhaps without all its settings.
    private static boolean madeBy(FiledPlan p, Branch now) {
        return p.decidedAt() != null && now.createdAt().isAfter(p.decidedAt());
    }

    private static Optional<Rest> left(FiledPlan p, @Nullable Branch now) {
        var steps =
                p.plan().steps().stream()
                        .filter(
                                s ->
                                        s instanceof Step.ApiStep api
                                                && stillDue(api.act().effect(), now))
                        .toList();
        return p.plan().steps().stream()
                .map(s -> s instanceof Step.ApiStep api ? api.act().effect() : BranchEffect.NONE)
                .filter(BranchEffect.Made.class::isInstance)
                .map(BranchEffect.Made.class::cast)
                .findFirst()
                .filter(_ -> !steps.isEmpty())
                .map(
                        made ->
                                new Rest(
                                        String.valueOf(made.source()),
                                        steps,
                                        String.valueOf(p.reason())));
    }

    /// What leaves branches as they are brings a setting or role about, and may run twice.
    private static boolean stillDue(BranchEffect effect, @Nullable Branch now) {
        return switch (effect) {
            case BranchEffect.Made _ -> now == null;
            case BranchEffect.Gone gone ->
                    gone.way() == BranchEffect.Gone.Way.PURGED && now == null;
            case BranchEffect.Guarded _, BranchEffect.LifeSet _ -> false;
            case BranchEffect.None _ -> true;
        };
    }
}
