package io.lakebaseops.change.risk;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;

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

    public RiskPolicy(RiskLimits limits) {
        this.limits = limits;
    }

    /// With the limits of `policy/risk-policy.yaml`.
    public static RiskPolicy standard() {
        return new RiskPolicy(RiskLimits.defaults());
    }

    public RiskLimits limits() {
        return limits;
    }

    public Risk assess(ChangePlan plan, ChangeContext around) {
        var grounds = new ArrayList<Ground>();
        if (!around.known()) {
            grounds.add(new Ground(RiskLevel.LOW, "the control plane could not be asked"));
        }
        for (var step : plan.steps()) {
            switch (step) {
                case Step.SqlStep sql -> sql(sql, plan, around, grounds);
                case Step.ScriptStep script -> script(script, plan, around, grounds);
                case Step.ApiStep api -> api(api, around, grounds);
            }
        }
        grounds.sort(Comparator.comparing(Ground::level).reversed());
        return new Risk(
                grounds.getFirst().level(),
                grounds.stream().map(Ground::reason).distinct().toList());
    }

    /// The trial's own branch is there to be broken; elsewhere every statement counts.
    private void script(
            Step.ScriptStep script, ChangePlan plan, ChangeContext around, List<Ground> grounds) {
        if (around.environment() == ChangeContext.Environment.TRIAL) {
            grounds.add(
                    new Ground(
                            limits.trialBranchSql(),
                            "the branch is a copy made for this trial, and it expires"));
            return;
        }
        if (around.environment() == ChangeContext.Environment.NEW) {
            high(grounds, "it decides what the new project holds and who sees which rows of it");
            return;
        }
        if (around.environment() == ChangeContext.Environment.PRODUCTION) {
            high(grounds, "the schema of production changes");
        }
        for (var statement : script.statements()) {
            statement(script, statement, plan, around, grounds);
        }
    }

    private void statement(
            Step.ScriptStep script,
            Step.ScriptStep.Statement statement,
            ChangePlan plan,
            ChangeContext around,
            List<Ground> grounds) {
        var kind = StatementClass.of(statement.sql());
        boolean additive = kind.reversibility() == Reversibility.REVERSIBLE;
        if (additive && !plan.undo().possible()) {
            grounds.add(
                    new Ground(RiskLevel.MEDIUM, "another migration would have to take it back"));
        }
        var alone =
                new Step.SqlStep(
                        script.title(),
                        script.database(),
                        statement.sql(),
                        statement.params(),
                        kind.lock(),
                        additive ? Reversibility.RECOVERABLE : kind.reversibility(),
                        script.transactional(),
                        script.lockTimeout(),
                        script.statementTimeout(),
                        script.bytesTouched());
        judge(kind, alone, alone.reversibility(), plan, around, grounds);
    }

    /// Every ground is collected, also weaker ones: people read them to decide.
    private void sql(
            Step.SqlStep step, ChangePlan plan, ChangeContext around, List<Ground> grounds) {
        var kind = StatementClass.of(step.sql());
        var reversibility = max(step.reversibility(), kind.reversibility());
        judge(kind, step, reversibility, plan, around, grounds);
    }

    private void judge(
            StatementClass kind,
            Step.SqlStep step,
            Reversibility reversibility,
            ChangePlan plan,
            ChangeContext around,
            List<Ground> grounds) {
        var lock = max(step.lock(), kind.lock());
        boolean large = step.bytesTouched() >= limits.largeBytes();
        boolean production = around.environment() == ChangeContext.Environment.PRODUCTION;
        grounds.add(
                switch (kind) {
                    case SIGNAL_SESSION -> terminate(step);
                    case READ_GRANT -> reading(step, plan);
                    default -> new Ground(limits.floor(kind), kind.label() + " " + lock.inWords());
                });
        if (reversibility == Reversibility.IRREVERSIBLE) {
            high(grounds, "it cannot be undone");
        } else if (kind == StatementClass.MAP_TENANT && !TenantRows.takenBack(step, plan)) {
            high(grounds, "the plan's undo does not take this row away again");
        } else if (reversibility == Reversibility.REVERSIBLE && !plan.undo().possible()) {
            high(grounds, "it could be undone, but the plan holds no undo");
        }
        if (kind.rewrites()) {
            high(grounds, "it writes the whole table or index anew");
        }
        if (large && lock.blocksWrites()) {
            high(
                    grounds,
                    lock.inWords() + " while it works on " + Format.size(step.bytesTouched()));
        }
        if (production && lock.blocksWrites()) {
            high(grounds, lock.inWords() + " in production");
        }
        if (step.transactional() && kind.name().endsWith("CONCURRENTLY")) {
            high(grounds, "it is said to run in a transaction, which the server refuses");
        }
    }

    /// A role made by the same plan has no members: a person still decides who reads as it.
    private Ground reading(Step.SqlStep step, ChangePlan plan) {
        var grantee = roleName(step.sql(), SqlWords.of(step.sql()).tokens().size() - 1);
        boolean empty =
                plan.steps().stream()
                        .filter(s -> s instanceof Step.SqlStep)
                        .map(s -> ((Step.SqlStep) s).sql())
                        .filter(s -> StatementClass.of(s) == StatementClass.CREATE_GROUP)
                        .anyMatch(s -> roleName(s, 2).equals(grantee));
        return empty
                ? new Ground(RiskLevel.LOW, "it lets a role read that nobody is in yet")
                : new Ground(
                        limits.floor(StatementClass.READ_GRANT),
                        "whoever is in the role reads more from now on");
    }

    /// As the server folds it: `"abc"` and abc are one role.
    private static String roleName(String sql, int token) {
        var name = SqlWords.of(sql).tokens().get(token);
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
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

    private void api(Step.ApiStep step, ChangeContext around, List<Ground> grounds) {
        var act = ControlPlaneAct.of(step.act());
        var fact = act.risk(around.standing(act));
        grounds.add(new Ground(limits.act(fact.rule()), fact.reason()));
        // Of a branch that goes, the fact says already how bad that is.
        if (step.reversibility() == Reversibility.IRREVERSIBLE
                && !(act.effect() instanceof BranchEffect.Gone)) {
            high(grounds, "it cannot be undone");
        }
    }

    private static void high(List<Ground> grounds, String reason) {
        grounds.add(new Ground(RiskLevel.HIGH, reason));
    }

    private static LockLevel max(LockLevel a, LockLevel b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Reversibility max(Reversibility a, Reversibility b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /// One reason and how much it weighs alone.
    private record Ground(RiskLevel level, String reason) {}
}
