package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.agents.performance.indexes.RequestedIndex;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/// Files the changes that a statement's execution plan calls for: an index, or new statistics of a
/// table. Nothing is run here; the gate decides.
public final class StatementFixes {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Targets targets;
    private final SqlLibrary sql;
    private final PlanSubmitter desk;
    private final Clock clock;

    public StatementFixes(Targets targets, SqlLibrary sql, PlanSubmitter desk, Clock clock) {
        this.targets = targets;
        this.sql = sql;
        this.desk = desk;
        this.clock = clock;
    }

    /// The statement they are for.
    public record Statement(TargetId target, String database, Actor asks) {}

    /// @param why with the figures of the plan
    public FiledPlan index(Statement of, IndexIdea idea, String why) {
        var schema = idea.schema();
        if (schema == null) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Planning an index on " + idea.table(),
                    "the plan does not say the schema of the table",
                    "explain the statement with VERBOSE");
        }
        var context = context(of);
        try (var session = targets.read(of.target(), of.database(), context.deadline())) {
            return desk.file(
                    new RequestedIndex(
                                    schema,
                                    idea.table(),
                                    idea.keys().stream().map(StatementFixes::column).toList())
                            .plan(
                                    session,
                                    sql,
                                    why,
                                    "the statement reads the rows it wants instead of the whole table",
                                    context));
        }
    }

    /// The plan writes names as SQL does.
    static String column(String key) {
        return key.startsWith("\"") && key.endsWith("\"")
                ? key.substring(1, key.length() - 1).replace("\"\"", "\"")
                : key;
    }

    /// @param why with the figures of the plan
    public FiledPlan analyze(Statement of, String schema, String table, String why) {
        var context = context(of);
        try (var session = targets.read(of.target(), of.database(), context.deadline())) {
            var plan =
                    new VacuumPlan(
                                    sql,
                                    VacuumKind.STATISTICS,
                                    ToolDescriptor.name(AnalyzeSlowQueriesWithAi.class),
                                    null)
                            .of(
                                    session,
                                    Subject.table(of.database(), schema, table),
                                    why,
                                    null,
                                    context);
            return desk.file(
                    plan.orElseThrow(
                            () ->
                                    new OpsException(
                                            OpsException.Kind.CONFLICT,
                                            "Planning ANALYZE of %s.%s".formatted(schema, table),
                                            "the table is gone, is being vacuumed, or this login may"
                                                    + " not maintain it",
                                            "GRANT MAINTAIN on it, or try again when its vacuum has"
                                                    + " ended")));
        }
    }

    private ToolContext context(Statement of) {
        return new ToolContext(
                UUID.randomUUID(),
                of.target(),
                of.asks(),
                Deadline.in(LONGEST),
                clock,
                ToolContext.Progress.SILENT);
    }
}
