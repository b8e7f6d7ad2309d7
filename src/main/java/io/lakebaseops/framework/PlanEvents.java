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

    /// A finding about an index came with the change that mends it.
    static PlanEvents indexRecommendations(Clock clock) {
        return filed -> {
            var plan = filed.plan();
            var finding = plan.findingFingerprint();
            var type = plan.subject().type();
            return finding == null || !(type.equals("index") || type.equals("foreign_key"))
                    ? Optional.empty()
                    : Optional.of(
                            new OpsEvent.IndexRecommendation(
                                    plan.target(), clock.instant(), finding, plan.subject()));
        };
    }
}
