package io.lakebaseops.agents;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Which vacuum is it: the ordinary one, or the one against wraparound?
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

    /// Empty for plans that vacuum nothing.
    public static Optional<VacuumKind> of(FiledPlan filed) {
        return Arrays.stream(values()).filter(k -> k.verb.equals(filed.plan().verb())).findFirst();
    }
}
