package io.lakebaseops.change.approval;

import io.lakebaseops.change.risk.ChangeContext;
import io.lakebaseops.change.risk.EnvironmentResolver;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Risk;

import java.util.HashMap;
import java.util.function.Function;

/// The risk of a plan as its target stands now. What is stored of it is for people to read: it is
/// assessed again whenever something follows from it.
final class RiskAssessor {
    private final RiskPolicy policy;
    private final EnvironmentResolver environments;

    RiskAssessor(RiskPolicy policy, EnvironmentResolver environments) {
        this.policy = policy;
        this.environments = environments;
    }

    /// @param known false when the control plane could not be asked, so that the worst is assumed
    record Assessed(Risk risk, boolean known) {}

    Assessed now(ChangePlan plan) {
        var around = environments.around(plan);
        return new Assessed(policy.assess(plan, around), around.known());
    }

    /// For many plans at once: what the control plane says of the same branches is asked once.
    Function<ChangePlan, Risk> batch() {
        var known = new HashMap<Object, ChangeContext>();
        return plan ->
                policy.assess(
                        plan,
                        known.computeIfAbsent(
                                EnvironmentResolver.asksFor(plan), _ -> environments.around(plan)));
    }

    /// The more dangerous of two; the first when they are alike.
    static Risk worse(Risk one, Risk other) {
        return other.level().compareTo(one.level()) > 0 ? other : one;
    }
}
