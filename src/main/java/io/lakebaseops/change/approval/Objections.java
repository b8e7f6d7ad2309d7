package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The gate's own word on an approval before it is given: what a button says is missing is what the
/// gate would refuse for.
public final class Objections {
    private Objections() {}

    /// Empty when the approval would do.
    public static Optional<String> to(
            FiledPlan plan,
            PlanFingerprint shown,
            Actor by,
            @Nullable String typedName,
            @Nullable String reason) {
        return new Approval(shown, by, typedName, reason).objection(plan, plan.risk());
    }
}
