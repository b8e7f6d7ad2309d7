package io.lakebaseops.change.risk;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.sqltext.SqlNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/// The risk of the statements of a plan.
///
/// LOW is an allow-list: only our own named statements, recognised whole, can be LOW. Whatever else
/// a plan holds was written by a person, a file or a model and is at least MEDIUM.
final class StatementRisk {
    private final RiskLimits limits;
    private final ChangePlan plan;
    private final ChangeContext around;
    private final List<Ground> grounds;

    /// @param grounds gets every ground, also weaker ones: people read them to decide
    StatementRisk(RiskLimits limits, ChangePlan plan, ChangeContext around, List<Ground> grounds) {
        this.limits = limits;
        this.plan = plan;
        this.around = around;
        this.grounds = grounds;
    }

    void of(Step.SqlStep step) {
        var facts = StatementFacts.of(step.sql());
        judge(facts, step, max(step.reversibility(), facts.reversibility()));
        if (facts.kind() == StatementClass.READ_GRANT) {
            grounds.add(reading(facts));
        }
    }

    void of(Step.ScriptStep script, Step.ScriptStep.Statement statement) {
        var facts =
                statement.params().isEmpty()
                        ? StatementFacts.toTheLetter(statement.sql())
                        : StatementFacts.of(statement.sql());
        boolean additive = facts.reversibility() == Reversibility.REVERSIBLE;
        if (additive && !plan.undo().possible()) {
            medium("another migration would have to take it back");
        }
        var reversibility = additive ? Reversibility.RECOVERABLE : facts.reversibility();
        var alone =
                new Step.SqlStep(
                        script.title(),
                        script.database(),
                        statement.sql(),
                        statement.params(),
                        facts.lock(),
                        reversibility,
                        script.transactional(),
                        script.lockTimeout(),
                        script.statementTimeout(),
                        script.bytesTouched());
        judge(facts, alone, reversibility);
        if (facts.kind() == StatementClass.READ_GRANT) {
            grounds.add(
                    new Ground(
                            limits.floor(StatementClass.READ_GRANT),
                            "whoever is in the role reads more from now on"));
        }
    }

    private void judge(StatementFacts facts, Step.SqlStep step, Reversibility reversibility) {
        var kind = facts.kind();
        var lock = max(step.lock(), facts.lock());
        boolean production = around.environment() == ChangeContext.Environment.PRODUCTION;
        facts.dangers().forEach(this::high);
        switch (kind) {
            case SIGNAL_SESSION -> grounds.add(terminate(facts));
            // Judged by who is in the role.
            case READ_GRANT -> {}
            default -> grounds.add(new Ground(floor(facts), kind.label() + " " + lock.inWords()));
        }
        if (reversibility == Reversibility.IRREVERSIBLE) {
            high("it cannot be undone");
        } else if (kind == StatementClass.MAP_TENANT && !takenBack(step)) {
            high("the plan's undo does not take this row away again");
        } else if (reversibility == Reversibility.REVERSIBLE && !plan.undo().possible()) {
            high("it could be undone, but the plan holds no undo");
        }
        if (facts.rewrites()) {
            high("it writes the whole table or index anew");
        }
        if (step.bytesTouched() >= limits.largeBytes() && lock.blocksWrites()) {
            high(lock.inWords() + " while it works on " + Format.size(step.bytesTouched()));
        }
        if (production && lock.blocksWrites()) {
            high(lock.inWords() + " in production");
        }
        if (step.transactional() && kind.name().endsWith("CONCURRENTLY")) {
            high("it is said to run in a transaction, which the server refuses");
        }
    }

    private RiskLevel floor(StatementFacts facts) {
        var floor = limits.floor(facts.kind());
        if (floor == RiskLevel.LOW && facts.own() == null) {
            medium("it is not one of our own statements, whatever it looks like");
            return RiskLevel.MEDIUM;
        }
        return floor;
    }

    /// A session listed as idle may have begun work since: our own statements ask for its state
    /// once more, those of others may look as if they did.
    private Ground terminate(StatementFacts facts) {
        var statement = facts.reads();
        if (facts.own() == null || statement == null) {
            return new Ground(RiskLevel.HIGH, "sessions are ended by a statement that is not ours");
        }
        var asked = statement.strings();
        if (asked.stream().anyMatch(s -> s.contains("idle in transaction"))) {
            return new Ground(
                    limits.terminate().idleInTransaction(),
                    "open transactions of the ended sessions are rolled back");
        }
        return asked.contains("idle")
                ? new Ground(limits.terminate().idle(), "only idle sessions are ended")
                : new Ground(limits.terminate().any(), "sessions are ended whatever they do");
    }

    /// A role made by the same plan has no members: a person still decides who reads as it.
    private Ground reading(StatementFacts facts) {
        var grantee = facts.reads() == null ? null : grantee(facts.reads().tree());
        boolean empty =
                plan.steps().stream()
                        .filter(Step.SqlStep.class::isInstance)
                        .map(s -> madeRole(((Step.SqlStep) s).sql()))
                        .filter(Objects::nonNull)
                        .anyMatch(made -> made.equals(grantee));
        return empty
                ? new Ground(RiskLevel.LOW, "it lets a role read that nobody is in yet")
                : new Ground(
                        limits.floor(StatementClass.READ_GRANT),
                        "whoever is in the role reads more from now on");
    }

    private static String grantee(SqlNode grant) {
        return grant.list("grantees").getFirst().text("rolename");
    }

    /// The role our own statement makes; null when it is another one.
    private static @Nullable String madeRole(String sql) {
        var facts = StatementFacts.of(sql);
        boolean makes = facts.kind() == StatementClass.CREATE_GROUP && facts.own() != null;
        return makes && facts.reads() != null ? facts.reads().tree().text("role") : null;
    }

    /// The mapping has one row per key, so a deletion by the very values that this step inserts
    /// removes what was inserted and nothing else.
    private boolean takenBack(Step.SqlStep insert) {
        return plan.undo().steps().stream()
                .filter(Step.SqlStep.class::isInstance)
                .map(Step.SqlStep.class::cast)
                .anyMatch(
                        back ->
                                back.database().equals(insert.database())
                                        && back.params().equals(insert.params())
                                        && OwnStatements.is("governance/unmap_tenant", back.sql()));
    }

    private void medium(String reason) {
        grounds.add(new Ground(RiskLevel.MEDIUM, reason));
    }

    private void high(String reason) {
        grounds.add(new Ground(RiskLevel.HIGH, reason));
    }

    private static <T extends Comparable<T>> T max(T a, T b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
