package io.lakebaseops.console;

import io.lakebaseops.ask.model.Answers;
import io.lakebaseops.ask.model.ModelDesk;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.ModelConsent;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.guard.ReadResult;
import io.lakebaseops.state.Conversations;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What the Ask screen needs: who answers, what runs statements of one's own, on which threads, and
/// where conversations are kept.
///
/// @param model the settings of the language model
public record AskServices(
        Answerer answerer,
        OwnSql sql,
        TaskExecutor threads,
        Conversations conversations,
        ModelDesk model,
        Answers.FirstRequest firstRequest,
        Clock clock) {
    /// As long as a language model may take, and a bit.
    private static final Duration LONGEST = Duration.ofMinutes(11);
    private static final Duration TO_JUDGE = Duration.ofSeconds(15);
    private static final int TITLE = 60;

    /// Answers in the background; the work is listed with all other running work and can be
    /// stopped. It never fails: what went wrong is an answer, too.
    public Work<Answer> start(Question question, AnswerProgress progress) {
        var begun = clock.instant();
        return threads.start(
                new TaskSpec<>(
                        Texts.of("Answer: %s", brief(question.text())),
                        LONGEST,
                        TaskSpec.GRACE,
                        scope -> answer(question, progress, scope.deadline()),
                        failure -> without(failure, Duration.between(begun, clock.instant()))));
    }

    /// The first question to a model's server waits for a person to agree.
    private Answer answer(Question question, AnswerProgress progress, Deadline deadline) {
        var settings = model.settings();
        boolean without = Question.WITHOUT.equals(question.slots().get(Question.MODEL));
        if (!settings.on() || settings.consented() || without) {
            return answerer.answer(question, progress, deadline);
        }
        progress.consent(
                new ModelConsent(
                        settings.server(), settings.model(), firstRequest.of(question, deadline)));
        return ended(Answer.Kind.STOPPED, null, Duration.ZERO);
    }

    /// Runs a statement of one's own in the background.
    ///
    /// @param answered makes an answer of what came of it
    public Work<Answer> start(
            TargetId target, String statement, Function<ReadResult, Answer> answered) {
        var begun = clock.instant();
        return threads.start(
                new TaskSpec<>(
                        Texts.of("SQL: %s", brief(statement)),
                        sql.caps().time().plus(TO_JUDGE),
                        TaskSpec.GRACE,
                        scope ->
                                answered.apply(
                                        sql.runner().run(target, statement, scope.deadline())),
                        failure -> without(failure, Duration.between(begun, clock.instant()))));
    }

    private static String brief(String text) {
        return text.length() <= TITLE ? text : text.substring(0, TITLE - 1) + "…";
    }

    /// An answer that says why there is none.
    private Answer without(OpsException failure, Duration took) {
        boolean stopped = failure.kind() == OpsException.Kind.CANCELLED;
        return stopped
                ? ended(Answer.Kind.STOPPED, null, took)
                : ended(Answer.Kind.FAILED, failure.getMessage(), took);
    }

    private Answer ended(Answer.Kind kind, @Nullable String trouble, Duration took) {
        return Answer.withoutResult(
                kind,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                trouble,
                clock.instant(),
                took);
    }
}
