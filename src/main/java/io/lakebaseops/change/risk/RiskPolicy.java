package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The risk of a plan and its reasons, told from its steps and from where it would run; what the
/// plan says about itself counts only when that is worse.
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
        var statements = new StatementRisk(limits, plan, around, grounds);
        for (var step : plan.steps()) {
            switch (step) {
                case Step.SqlStep sql -> statements.of(sql);
                case Step.ScriptStep script -> script(script, statements, around, grounds);
                case Step.ApiStep api -> api(api, around, grounds);
                case Step.ArchiveStep archive -> archive(archive, grounds);
            }
        }
        grounds.sort(Comparator.comparing(Ground::level).reversed());
        return new Risk(
                grounds.getFirst().level(),
                grounds.stream().map(Ground::reason).distinct().toList());
    }

    /// The trial's own branch is there to be broken; elsewhere every statement counts.
    private void script(
            Step.ScriptStep script,
            StatementRisk statements,
            ChangeContext around,
            List<Ground> grounds) {
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
            statements.of(script, statement);
        }
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

    /// However well it is proved: rows appear or disappear for whoever asks the table.
    private static void archive(Step.ArchiveStep step, List<Ground> grounds) {
        high(
                grounds,
                switch (step.order().direction()) {
                    case ARCHIVE -> "rows leave the table, and queries no longer see them there";
                    case RESTORE -> "rows of the archive are written into the table";
                });
        if (step.order().pieces().stream().anyMatch(ArchiveOrder.Piece::partition)) {
            high(grounds, "partitions are detached and dropped, or made again");
        }
    }

    private static void high(List<Ground> grounds, String reason) {
        grounds.add(new Ground(RiskLevel.HIGH, reason));
    }
}
