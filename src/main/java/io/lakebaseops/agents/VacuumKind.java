package io.lakebaseops.agents;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The kinds of vacuum: the ordinary one, the one against wraparound, the one that gives space
/// back, and the ANALYZE of a partitioned table, which autovacuum never does.
public enum VacuumKind {
    ANALYZE(
            "Vacuum",
            "Vacuum and analyse",
            "vacuum_analyze",
            SqlName.of("maintenance/vacuum_analyze"),
            Duration.ofMinutes(60)),
    /// Reads the whole table and may write most of it; a large one takes hours.
    FREEZE(
            "Freeze",
            "Freeze and analyse",
            "vacuum_freeze",
            SqlName.of("maintenance/vacuum_freeze"),
            Duration.ofHours(12)),
    STATISTICS(
            "Analyse",
            "Analyse",
            "analyze",
            SqlName.of("maintenance/analyze_table"),
            Duration.ofMinutes(60)),
    /// Copies the table; nobody can use it meanwhile.
    FULL(
            "Vacuum full",
            "Vacuum full and analyse",
            "vacuum_full",
            SqlName.of("maintenance/vacuum_full"),
            Duration.ofHours(12));

    private final String verb;
    private final String act;
    private final String operation;
    private final SqlName statement;
    private final Duration longest;

    VacuumKind(String verb, String act, String operation, SqlName statement, Duration longest) {
        this.verb = verb;
        this.act = act;
        this.operation = operation;
        this.statement = statement;
        this.longest = longest;
    }

    /// Of its plans, as on the button.
    public String verb() {
        return verb;
    }

    String act() {
        return act;
    }

    /// As in the history's `operation_type`.
    public String operation() {
        return operation;
    }

    SqlName statement() {
        return statement;
    }

    Duration longest() {
        return longest;
    }

    /// Which of our own statements the plan runs on its table; empty for plans that vacuum nothing.
    public static Optional<VacuumKind> of(FiledPlan filed, SqlLibrary sql) {
        var table = filed.plan().subject();
        if (table.schema() == null) {
            return Optional.empty();
        }
        var ident = Map.of("table", Ident.of(table.schema(), table.name()));
        return Arrays.stream(values())
                .filter(k -> runs(filed.plan(), sql.render(k.statement, ident).text()))
                .findFirst();
    }

    private static boolean runs(ChangePlan plan, String statement) {
        return plan.steps().stream()
                .anyMatch(s -> s instanceof Step.SqlStep step && step.sql().equals(statement));
    }
}
