package io.lakebaseops.framework;

import io.lakebaseops.domain.plan.FiledPlan;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// The event, if any, that agents hear when a tool's plan was newly filed.
@FunctionalInterface
public interface PlanEvents {
    Optional<OpsEvent> of(FiledPlan filed);

    /// What screens and ledgers hear of every plan.
    static OpsEvent changed(FiledPlan plan, Instant at) {
        return new OpsEvent.PlanChanged(plan.plan().target(), at, plan.id(), plan.state().name());
    }

    /// What the index analysis looks at anew: an index is there, gone or rebuilt.
    static Optional<OpsEvent> indexesChanged(FiledPlan plan, Instant at) {
        boolean done =
                plan.state() == FiledPlan.State.DONE || plan.state() == FiledPlan.State.UNDONE;
        return done && aboutIndex(plan)
                ? Optional.of(
                        new OpsEvent.IndexesChanged(
                                plan.plan().target(), at, plan.plan().subject()))
                : Optional.empty();
    }

    private static boolean aboutIndex(FiledPlan plan) {
        var type = plan.plan().subject().type();
        return type.equals("index") || type.equals("foreign_key");
    }

    /// A finding about an index came with the change that mends it.
    static PlanEvents indexRecommendations(Clock clock) {
        return filed -> {
            var plan = filed.plan();
            var finding = plan.findingFingerprint();
            return finding == null || !aboutIndex(filed)
                    ? Optional.empty()
                    : Optional.of(
                            new OpsEvent.IndexRecommendation(
                                    plan.target(), clock.instant(), finding, plan.subject()));
        };
    }
}
