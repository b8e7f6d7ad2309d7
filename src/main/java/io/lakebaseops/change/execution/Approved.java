package io.lakebaseops.change.execution;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.WritePermit;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The proof that a plan may run now. Only this package makes one, after a decision was recorded
/// and the preconditions were read again. It opens the door for exactly the approved steps, and for
/// nothing once the run has ended.
public final class Approved implements WritePermit, AutoCloseable {
    private final FiledPlan filed;
    private final List<Step> steps;
    private final Set<Step> allowed = ConcurrentHashMap.newKeySet();

    /// @param steps those of the plan or those of its undo
    Approved(FiledPlan filed, List<Step> steps) {
        this.filed = filed;
        this.steps = List.copyOf(steps);
        allowed.addAll(steps);
    }

    @Override
    public UUID planId() {
        return filed.id();
    }

    @Override
    public boolean allows(Step step) {
        return allowed.contains(step);
    }

    FiledPlan filed() {
        return filed;
    }

    List<Step> steps() {
        return steps;
    }

    /// For what a failed step of ours left behind.
    void allowCleanup(Step.SqlStep step) {
        allowed.add(step);
    }

    /// The run has ended, the door is shut.
    @Override
    public void close() {
        allowed.clear();
    }
}
