package io.lakebaseops.change.approval;

import io.lakebaseops.change.risk.ChangeContext;
import io.lakebaseops.change.risk.EnvironmentResolver;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/// The risk of a plan as its target stands now. What is stored of it is for people to read: it is
/// assessed again whenever something follows from it.
final class RiskAssessor {
    private final RiskPolicy policy;
    private final EnvironmentResolver environments;
    private final TrustLedger trust;

    RiskAssessor(RiskPolicy policy, EnvironmentResolver environments, TrustLedger trust) {
        this.policy = policy;
        this.environments = environments;
        this.trust = trust;
    }

    /// @param known false when the control plane could not be asked, so that the worst is assumed
    record Assessed(Risk risk, boolean known) {}

    Assessed now(ChangePlan plan) {
        var around = environments.around(plan);
        return new Assessed(trusted(plan, around, trust::of), around.known());
    }

    /// For filing, of thousands of plans perhaps: as the control plane was listed last, with one
    /// look at the trust in each server. Before anything runs it is assessed again.
    Function<ChangePlan, Risk> listing() {
        var known = new HashMap<TargetId, List<Trust>>();
        return plan ->
                trusted(
                        plan,
                        environments.listed(plan),
                        target -> known.computeIfAbsent(target, trust::of));
    }

    /// What would run without asking is asked about where its kind failed last. A trial's branch is
    /// no such place: changes are tried there to see whether they fail, and a trial that could not
    /// clear up would leave it behind.
    private Risk trusted(
            ChangePlan plan, ChangeContext around, Function<TargetId, List<Trust>> trustIn) {
        var risk = policy.assess(plan, around);
        if (risk.level() != RiskLevel.LOW
                || around.environment() == ChangeContext.Environment.TRIAL
                || plan.steps().stream().allMatch(Step.ApiStep.class::isInstance)) {
            return risk;
        }
        return trustIn.apply(plan.target()).stream()
                .filter(t -> t.verb().equals(plan.verb()) && t.lost())
                .findFirst()
                .map(t -> raised(risk, plan.verb() + " " + t.words()))
                .orElse(risk);
    }

    private static Risk raised(Risk risk, String why) {
        var reasons = new ArrayList<>(risk.reasons());
        reasons.addFirst(why);
        return new Risk(RiskLevel.MEDIUM, reasons);
    }

    /// The more dangerous of two; the first when they are alike.
    static Risk worse(Risk one, Risk other) {
        return other.level().compareTo(one.level()) > 0 ? other : one;
    }
}
