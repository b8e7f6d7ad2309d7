package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.health.diagnosis.Diagnosis;
import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.diagnosis.RootCause;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Repairs what the diagnosis names, as far as policy allows: it proposes plans, the gate runs
/// those of low risk and verifies them, and the others wait for a person. A cause that cannot be
/// repaired from here is handed on as a finding with the whole diagnosis.
public final class SelfHeal implements ChangeTool<SelfHeal.Input, SelfHeal.Output> {
    static final String KIND = "root_cause";
    static final String TOOL = "self_heal";

    private final Targets targets;
    private final SqlLibrary sql;
    private final Alerts alerts;
    private final RootCause causes;

    public SelfHeal(
            Targets targets,
            SqlLibrary sql,
            HealthBoard board,
            MetricDefinitions definitions,
            Lakehouse lakehouse,
            Alerts alerts) {
        this.targets = targets;
        this.sql = sql;
        this.alerts = alerts;
        causes = new RootCause(board, definitions, lakehouse);
    }

    public record Input(
            @Doc(
                            value =
                                    "Id of an alert, or name of a metric; empty: the server as a"
                                            + " whole",
                            defaultValue = "\"\"")
                    String symptom,
            @Doc(value = "Only say what would be proposed; file nothing", defaultValue = "false")
                    boolean dryRun) {}

    /// @param diagnosis as `diagnose_root_cause` gives it
    /// @param proposed titles of the plans that were filed, or would be
    /// @param escalated causes left to a person, each with what to do
    public record Output(
            DiagnoseRootCause.Output diagnosis, List<String> proposed, List<String> escalated) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        SelfHeal.class,
                        "Repairs the cause of trouble as far as policy allows, and hands on the"
                                + " rest with its diagnosis",
                        "C.operations")
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>always(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var symptom = SymptomName.of(input.symptom(), alerts, context.target());
        if (symptom.unknown() != null) {
            return new Proposal<>(
                    Outcome.unavailable(symptom.unknown(), SymptomName.REMEDY), List.of());
        }
        var answer = causes.ask(targets, symptom.database(), symptom.metric(), context);
        var alert = symptom.alert();
        var repair = new CauseRepair(sql, TOOL, alert == null ? null : alert.id());
        // One cause at a time: whether the next is still there shows when the first is gone.
        var first = answer.diagnosis() instanceof Diagnosis.Causes c ? c.likely().getFirst() : null;
        var plans =
                first == null || first.repair() == null
                        ? List.<ChangePlan>of()
                        : planned(repair, first, symptom.database(), context);
        var findings =
                first != null && plans.isEmpty()
                        ? List.of(handedOn(first, symptom.database(), context))
                        : List.<Finding>of();
        var output =
                new Output(
                        DiagnoseRootCause.Output.of(answer.diagnosis()),
                        plans.stream().map(ChangePlan::title).toList(),
                        findings.stream().map(Finding::summary).toList());
        return new Proposal<>(
                new Outcome.Found<>(
                        output,
                        Source.LIVE,
                        input.dryRun() ? List.of() : findings,
                        List.of(),
                        answer.gaps()),
                input.dryRun() ? List.of() : plans);
    }

    private List<ChangePlan> planned(
            CauseRepair repair, Hypothesis cause, @Nullable String database, ToolContext context) {
        try (var session = session(database, context)) {
            return repair.plans(cause, session, context);
        }
    }

    private ReadSession session(@Nullable String database, ToolContext context) {
        return database == null
                ? targets.read(context.target(), context.deadline())
                : targets.read(context.target(), database, context.deadline());
    }

    private static Finding handedOn(
            Hypothesis cause, @Nullable String database, ToolContext context) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("cause", cause.cause());
        row.put("since", cause.since());
        row.put("evidence", String.join("; ", cause.evidence()));
        row.put("against", String.join("; ", cause.against()));
        row.put("now", cause.now());
        row.put("lasting", cause.lasting());
        var now = context.clock().instant();
        return Finding.of(
                context.target(),
                KIND,
                Severity.WARNING,
                new Subject("database", database, null, null, cause.cause()),
                "%s: %s. Now: %s So that it does not come back: %s"
                        .formatted(
                                cause.title(),
                                cause.evidence().getFirst(),
                                cause.now(),
                                cause.lasting()),
                new Confidence(cause.confidence(), "weight of the facts for and against it"),
                null,
                null,
                List.of(new Evidence("diagnosis/causes", Map.of(), new Rows(List.of(row)), now)),
                now);
    }
}
