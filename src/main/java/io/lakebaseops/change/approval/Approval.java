package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What somebody said when approving a plan, and whether that is enough.
///
/// @param shown fingerprint of what they saw
record Approval(
        PlanFingerprint shown, Actor by, @Nullable String typedName, @Nullable String reason) {
    static final Actor POLICY = new Actor(FiledPlan.POLICY, Actor.Kind.PLATFORM);

    /// Low risk is decided by the policy itself.
    static Approval byPolicy(FiledPlan plan) {
        return new Approval(plan.fingerprint(), POLICY, null, "low risk");
    }

    /// Why this approval does not allow the plan to run; empty when it does.
    ///
    /// @param risk as assessed now, or as it was filed when that is higher
    Optional<String> objection(FiledPlan plan, Risk risk) {
        if (!plan.fingerprint().equals(shown)) {
            return Optional.of(
                    "the plan changed after it was shown: it is %s now, %s was approved"
                            .formatted(plan.fingerprint().brief(), shown.brief()));
        }
        if (by.kind() == Actor.Kind.ASSISTANT) {
            return Optional.of("%s may not approve a plan; a person must".formatted(by.name()));
        }
        var level = risk.level();
        if (level != RiskLevel.LOW && !mayDecide(level)) {
            return Optional.of(
                    "%s may not approve a %s risk plan; a person must".formatted(by.name(), level));
        }
        if (level == RiskLevel.HIGH) {
            return highRisk(plan);
        }
        return Optional.empty();
    }

    private boolean mayDecide(RiskLevel level) {
        return switch (by.kind()) {
            case HUMAN -> true;
            case CI -> level == RiskLevel.MEDIUM;
            case AGENT, PLATFORM, ASSISTANT -> false;
        };
    }

    private Optional<String> highRisk(FiledPlan plan) {
        var subject = plan.plan().subject();
        if (typedName == null
                || (!typedName.equals(subject.name()) && !typedName.equals(subject.display()))) {
            return Optional.of(
                    "high risk needs the name typed exactly: %s".formatted(subject.display()));
        }
        return reason == null || reason.isBlank()
                ? Optional.of("high risk needs a reason")
                : Optional.empty();
    }
}
