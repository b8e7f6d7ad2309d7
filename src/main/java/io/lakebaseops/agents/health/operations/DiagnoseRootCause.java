package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.health.diagnosis.Diagnosis;
import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.diagnosis.RootCause;
import io.lakebaseops.agents.health.diagnosis.Symptom;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Finds why a server is slow or stuck: reads facts about sessions, tables, settings, rates and
/// statements, and ranks the causes that fit, with what speaks for and against each. Without a
/// language model, and without a guess: where the facts name no cause it says so.
public final class DiagnoseRootCause
        implements ReadTool<DiagnoseRootCause.Input, DiagnoseRootCause.Output> {
    private final Targets targets;
    private final Alerts alerts;
    private final RootCause causes;

    public DiagnoseRootCause(
            Targets targets,
            HealthBoard board,
            MetricDefinitions definitions,
            Lakehouse lakehouse,
            Alerts alerts) {
        this.targets = targets;
        this.alerts = alerts;
        causes = new RootCause(board, definitions, lakehouse);
    }

    public record Input(
            @Doc(
                            value =
                                    "Id of an alert, or name of a metric (cache_hit_ratio); empty:"
                                            + " the server as a whole",
                            defaultValue = "\"\"")
                    String symptom) {}

    /// @param verdict `healthy`, `not_significant`, `not_enough_evidence` or `cause`
    /// @param answer one sentence that can be read aloud
    /// @param causes the likeliest first
    /// @param beside trouble that does not explain the symptoms, or began after them
    /// @param ruledOut causes that were considered, each with why not
    public record Output(
            String verdict,
            String answer,
            List<Symptom> symptoms,
            List<Hypothesis> causes,
            List<Hypothesis> beside,
            List<String> ruledOut) {
        static Output of(Diagnosis diagnosis) {
            return switch (diagnosis) {
                case Diagnosis.Healthy d -> plain("healthy", d.sentence());
                case Diagnosis.NotSignificant d -> plain("not_significant", d.sentence());
                case Diagnosis.NotEnoughEvidence d ->
                        new Output(
                                "not_enough_evidence",
                                d.sentence(),
                                d.symptoms(),
                                List.of(),
                                List.of(),
                                d.ruledOut());
                case Diagnosis.Causes d ->
                        new Output(
                                "cause",
                                d.sentence(),
                                d.symptoms(),
                                d.likely(),
                                d.beside(),
                                List.of());
            };
        }

        private static Output plain(String verdict, String answer) {
            return new Output(verdict, answer, List.of(), List.of(), List.of(), List.of());
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        DiagnoseRootCause.class,
                        "Finds why a server is slow or stuck, with evidence for and against each"
                                + " cause",
                        "C.operations")
                .within(Duration.ofMinutes(1));
    }

    @Override
    public void prepare(TargetId target, Clock clock, Deadline deadline) {
        causes.prepare(targets, target, clock, deadline);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>always(targets, context);
        if (asleep.isPresent()) {
            return asleep.get();
        }
        var symptom = SymptomName.of(input.symptom(), alerts, context.target());
        if (symptom.unknown() != null) {
            return Outcome.unavailable(symptom.unknown(), SymptomName.REMEDY);
        }
        var answer = causes.ask(targets, symptom.database(), symptom.metric(), context);
        return new Outcome.Found<>(
                Output.of(answer.diagnosis()), Source.LIVE, List.of(), List.of(), answer.gaps());
    }
}
