package io.lakebaseops.change.approval;

import io.lakebaseops.change.risk.ChangeContext;
import io.lakebaseops.change.risk.EnvironmentResolver;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.change.risk.RoutineActs;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.state.Autonomy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The risk of a plan as its target stands now. What is stored of it is for people to read: it is
/// assessed again whenever something follows from it.
final class RiskAssessor {
    private final RiskPolicy policy;
    private final EnvironmentResolver environments;
    private final TrustLedger trust;
    private final Supplier<Autonomy> autonomy;
    private final Clock clock;

    /// @param autonomy what people said that agents ask about
    RiskAssessor(
            RiskPolicy policy,
            EnvironmentResolver environments,
            TrustLedger trust,
            Supplier<Autonomy> autonomy,
            Clock clock) {
        this.policy = policy;
        this.environments = environments;
        this.trust = trust;
        this.autonomy = autonomy;
        this.clock = clock;
    }

    /// @param known false when the control plane could not be asked, so that the worst is assumed
    record Assessed(Risk risk, boolean known) {}

    Assessed now(ChangePlan plan) {
        var around = environments.around(plan);
        return new Assessed(allowed(plan, around, trust::of, autonomy.get()), around.known());
    }

    /// For filing, of thousands of plans perhaps: as the control plane was listed last, with one
    /// look at the trust in each server. Before anything runs it is assessed again.
    Function<ChangePlan, Risk> listing() {
        var known = new HashMap<TargetId, List<Trust>>();
        var limits = autonomy.get();
        return plan ->
                allowed(
                        plan,
                        environments.listed(plan),
                        target -> known.computeIfAbsent(target, trust::of),
                        limits);
    }

    /// What would run without asking is asked about where a person said so, or where its kind
    /// failed last. A trial's branch is no such place: changes are tried there to see whether they
    /// fail, and a trial that could not clear up would leave it behind.
    private Risk allowed(
            ChangePlan plan,
            ChangeContext around,
            Function<TargetId, List<Trust>> trustIn,
            Autonomy limits) {
        var risk = policy.assess(plan, around);
        if (risk.level() != RiskLevel.LOW
                || around.environment() == ChangeContext.Environment.TRIAL) {
            return risk;
        }
        var asked = narrowed(plan, limits);
        if (asked.isPresent()) {
            return raised(risk, asked.get());
        }
        if (plan.steps().stream().allMatch(Step.ApiStep.class::isInstance)) {
            return risk;
        }
        return trustIn.apply(plan.target()).stream()
                .filter(t -> t.verb().equals(plan.verb()) && t.lost())
                .findFirst()
                .map(t -> raised(risk, plan.verb() + " " + t.words()))
                .orElse(risk);
    }

    private Optional<String> narrowed(ChangePlan plan, Autonomy limits) {
        if (limits.equals(Autonomy.UNLIMITED)) {
            return Optional.empty();
        }
        var kind = limits.asks(RoutineActs.of(plan));
        return kind.isPresent() || plan.proposedBy().kind() == Actor.Kind.HUMAN
                ? kind
                : leftAlone(plan, limits, clock.instant()).map(Autonomy.LeftAlone::words);
    }

    /// The first of the plan's tables that agents leave alone.
    static Optional<Autonomy.LeftAlone> leftAlone(ChangePlan plan, Autonomy limits, Instant now) {
        return limits.leftAlone().isEmpty()
                ? Optional.empty()
                : RoutineActs.tables(plan).stream()
                        .flatMap(t -> limits.table(plan.target(), t, now).stream())
                        .findFirst();
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
