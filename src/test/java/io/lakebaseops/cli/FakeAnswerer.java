package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Answers every question with its own words; one that begins with "fail" fails, one with "lost"
/// finds no server, and one with "mend" has a plan as its next step.
final class FakeAnswerer implements Answerer {
    private static final NextStep PLAN =
            new NextStep.FilePlan(
                    "File plan: drop the copy",
                    "detect_duplicate_indexes",
                    JsonNodeFactory.instance.objectNode());

    private final List<Object> asked;

    /// @param asked hears what is prepared
    FakeAnswerer(List<Object> asked) {
        this.asked = asked;
    }

    @Override
    public void prepare(List<String> questions) {
        asked.add("prepare " + questions);
    }

    @Override
    public Answer answer(Question question, AnswerProgress progress, Deadline deadline) {
        boolean fails = question.text().startsWith("fail");
        if (question.text().startsWith("lost")) {
            throw new OpsException(OpsException.Kind.UNREACHABLE, "The server", "it is away", "");
        }
        return new Answer(
                UUID.randomUUID(),
                fails ? Answer.Kind.FAILED : Answer.Kind.ANSWERED,
                null,
                List.of(
                        new Sentence(
                                List.of(new Sentence.Phrase("You said " + question.text(), true)),
                                null)),
                Answer.Tone.INFO,
                List.of(),
                List.of(),
                question.text().startsWith("mend") ? List.of(PLAN) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                fails ? "step one failed" : null,
                Instant.EPOCH,
                Duration.ofMillis(7));
    }

    @Override
    public List<String> examples(TargetId target) {
        return List.of();
    }
}
