package io.lakebaseops.change;

import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// How dangerous is a plan, and why? Told from the text of its steps and from where it would run;
/// what the plan says about itself counts only when that is worse.
public final class RiskPolicy {
    private final RiskLimits limits;

    RiskPolicy(RiskLimits limits) {
        this.limits = limits;
    }

    /// With the limits of `policy/risk-policy.yaml`.
    public static RiskPolicy standard() {
        return new RiskPolicy(RiskLimits.defaults());
    }

    RiskLimits limits() {
        return limits;
    }

    public Risk assess(ChangePlan plan, Surroundings around) {
        var grounds = new ArrayList<Ground>();
        if (!around.known()) {
            grounds.add(new Ground(RiskLevel.LOW, "the control plane could not be asked"));
        }
        for (var step : plan.steps()) {
            switch (step) {
                case Step.SqlStep sql -> sql(sql, plan, around, grounds);
                case Step.ApiStep api -> api(api, around, grounds);
            }
        }
        grounds.sort(Comparator.comparing(Ground::level).reversed());
        return new Risk(
                grounds.getFirst().level(),
                grounds.stream().map(Ground::reason).distinct().toList());
    }

    /// Every ground is collected, also weaker ones: people read them to decide.
    private void sql(
            Step.SqlStep step, ChangePlan plan, Surroundings around, List<Ground> grounds) {
        var kind = StatementClass.of(step.sql());
        var lock = max(step.lock(), kind.lock());
        var reversibility = max(step.reversibility(), kind.reversibility());
        boolean large = step.bytesTouched() >= limits.largeBytes();
        boolean production = around.environment() == Surroundings.Environment.PRODUCTION;
        grounds.add(
                kind == StatementClass.SIGNAL_SESSION
                        ? terminate(step)
                        : new Ground(limits.floor(kind), kind.label() + " " + lock.inWords()));
        if (reversibility == Reversibility.IRREVERSIBLE) {
            high(grounds, "it cannot be undone");
        } else if (reversibility == Reversibility.REVERSIBLE && !plan.undo().possible()) {
            high(grounds, "it could be undone, but the plan holds no undo");
        }
        if (kind.rewrites()) {
            high(grounds, "it writes the whole table or index anew");
        }
        if (large && lock.blocksWrites()) {
            high(grounds, lock.inWords() + " while it works on " + size(step.bytesTouched()));
        }
        if (production && lock.blocksWrites()) {
            high(grounds, lock.inWords() + " in production");
        }
        if (step.transactional() && kind.name().endsWith("CONCURRENTLY")) {
            high(grounds, "it is said to run in a transaction, which the server refuses");
        }
    }

    /// The state must be asked for in the statement itself, by a literal or a bound value: a
    /// session listed as idle may have begun work since.
    private Ground terminate(Step.SqlStep step) {
        var asked =
                Stream.concat(
                                SqlWords.of(step.sql()).strings().stream(),
                                step.params().stream()
                                        .map(SqlParam::value)
                                        .filter(Objects::nonNull))
                        .toList();
        if (asked.stream().anyMatch(s -> s.contains("idle in transaction"))) {
            return new Ground(
                    limits.terminate().idleInTransaction(),
                    "open transactions of the ended sessions are rolled back");
        }
        return asked.contains("idle")
                ? new Ground(limits.terminate().idle(), "only idle sessions are ended")
                : new Ground(limits.terminate().any(), "sessions are ended whatever they do");
    }

    private void api(Step.ApiStep step, Surroundings around, List<Ground> grounds) {
        var ground = new ApiRisk(limits).of(step.act(), around);
        grounds.add(new Ground(ground.level(), ground.reason()));
        if (step.reversibility() == Reversibility.IRREVERSIBLE
                && !(step.act() instanceof Step.ApiAct.DeleteBranch)
                && !(step.act() instanceof Step.ApiAct.PurgeBranch)) {
            high(grounds, "it cannot be undone");
        }
    }

    /// The name alone makes no branch ephemeral when the control plane says it is guarded.
    private static void high(List<Ground> grounds, String reason) {
        grounds.add(new Ground(RiskLevel.HIGH, reason));
    }

    private static LockLevel max(LockLevel a, LockLevel b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Reversibility max(Reversibility a, Reversibility b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /// One reason and how much it weighs alone.
    private record Ground(RiskLevel level, String reason) {}
}
