package io.lakebaseops.agents.health.operations;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;

import java.time.Duration;
import java.util.List;

/// Answers a question in plain words with figures that were read for it, and says what was read. It
/// changes nothing: what an answer suggests is a plan to be filed.
public final class NaturalLanguageDba
        implements ReadTool<NaturalLanguageDba.Input, NaturalLanguageDba.Output> {
    private final Answerer answerer;

    public NaturalLanguageDba(Answerer answerer) {
        this.answerer = answerer;
    }

    public record Input(
            @Doc("The question, in English, German or Spanish: why is my query slow?")
                    String question) {}

    /// @param kind `ANSWERED`, `CLARIFY`, `OUTSIDE`, `FAILED` or `STOPPED`
    /// @param intent how it was understood; empty when it was not
    /// @param abstained it is no question about this server, or an order
    /// @param toolsUsed tools and queries that were run
    /// @param answer all of it: evidence, next steps, readings to choose from
    public record Output(
            String verdict,
            String kind,
            String intent,
            boolean abstained,
            List<String> toolsUsed,
            JsonNode answer) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        NaturalLanguageDba.class,
                        "Answers a question about the server in plain words, with the figures read"
                                + " for it",
                        "C.operations")
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var question = Question.of(input.question(), context.target(), context.clock().instant());
        var answer = answerer.answer(question, progress(context), context.deadline());
        switch (answer.kind()) {
            case FAILED ->
                    throw new OpsException(
                            OpsException.Kind.INTERNAL,
                            "Answering the question",
                            String.valueOf(answer.trouble()),
                            "ask again");
            case STOPPED -> context.deadline().check("Answering the question");
            case ANSWERED, CLARIFY, OUTSIDE -> {}
        }
        var reading = answer.reading();
        return new Outcome.Found<>(
                new Output(
                        AnswerJson.verdict(answer),
                        answer.kind().name(),
                        reading == null ? "" : reading.intent(),
                        answer.kind() == Answer.Kind.OUTSIDE,
                        answer.steps().stream().map(AnswerStep::tool).distinct().toList(),
                        AnswerJson.of(input.question(), answer)),
                source(answer),
                List.of(),
                List.of(),
                answer.trouble() == null ? List.of() : List.of(answer.trouble()));
    }

    private static AnswerProgress progress(ToolContext context) {
        return new AnswerProgress() {
            @Override
            public void started(String words) {
                context.progress().at(-1, words);
            }
        };
    }

    private static Source source(Answer answer) {
        return answer.steps().stream()
                .map(AnswerStep::origin)
                .filter(o -> o != Source.LIVE && o != Source.UNAVAILABLE)
                .findFirst()
                .orElse(Source.LIVE);
    }
}
