package io.lakebaseops.ask.model;

import dev.langchain4j.model.chat.request.ChatRequest;

import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.state.MaskedSecrets;
import io.lakebaseops.state.ModelRequests.ModelRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/// Answers with a language model where a person switched one on and agreed to what it is sent; in
/// all other cases, about a suspended compute, and where the model fails, without one.
public final class ModelAnswerer implements Answerer {
    private static final Logger log = LoggerFactory.getLogger(ModelAnswerer.class);

    private final Answerer plain;
    private final ModelDesk desk;
    private final ServerNames names;
    private final BiPredicate<TargetId, Deadline> awake;
    private final Supplier<AgentFramework> framework;
    private final Supplier<Actor> person;
    private final Clock clock;

    /// The names of a server's objects.
    @FunctionalInterface
    public interface ServerNames {
        NameIndex of(TargetId target, boolean awake, Deadline deadline);
    }

    /// @param plain answers without a model
    /// @param awake whether a server may be asked without waking it
    public ModelAnswerer(
            Answerer plain,
            ModelDesk desk,
            ServerNames names,
            BiPredicate<TargetId, Deadline> awake,
            Supplier<AgentFramework> framework,
            Supplier<Actor> person,
            Clock clock) {
        this.plain = plain;
        this.desk = desk;
        this.names = names;
        this.awake = awake;
        this.framework = framework;
        this.person = person;
        this.clock = clock;
    }

    @Override
    public List<String> examples(TargetId target) {
        return plain.examples(target);
    }

    @Override
    public void prepare(List<String> questions) {
        plain.prepare(questions);
    }

    @Override
    public Answer answer(Question question, AnswerProgress progress, Deadline deadline) {
        var settings = desk.settings();
        if (!settings.on() || !settings.consented() || without(question)) {
            return plain.answer(question, progress, deadline);
        }
        NameIndex index;
        try {
            if (!awake.test(question.target(), deadline)) {
                return plain.answer(question, progress, deadline);
            }
            index = names.of(question.target(), true, deadline);
        } catch (OpsException e) {
            // What is wrong with the server is said by the answer without a model.
            return plain.answer(question, progress, deadline);
        }
        try (var within = new Within(settings.caps().time(), deadline)) {
            var id = UUID.randomUUID();
            var talk = talk(question, settings, index, progress, deadline, within.deadline, id);
            var answer = talk.answer();
            if (answer != null) {
                return answer;
            }
            log.info("Answered without the language model: {}", talk.trouble());
            return noted(id, plain.answer(question, progress, deadline), talk);
        }
    }

    private static boolean without(Question question) {
        return Question.WITHOUT.equals(question.slots().get(Question.MODEL));
    }

    private ModelTalk talk(
            Question question,
            ModelSettings settings,
            NameIndex index,
            AnswerProgress progress,
            Deadline asked,
            Deadline within,
            UUID id) {
        return new ModelTalk(
                id,
                question,
                new ModelPrompt(),
                functions(question, settings, index),
                index,
                new Spent(settings),
                new ModelTalk.Line(desk.client(settings, null), keeping(question, settings, id)),
                progress,
                asked,
                within,
                clock);
    }

    private Functions functions(Question question, ModelSettings settings, NameIndex index) {
        return new Functions(
                framework.get(),
                question.target(),
                Actor.assistant("language model " + settings.model().toLowerCase(Locale.ROOT)),
                index,
                question.text());
    }

    /// Keeps what leaves this machine before it does.
    ///
    /// @param id of the answer it leaves for
    private ModelTalk.Outgoing keeping(Question question, ModelSettings settings, UUID id) {
        var by = person.get().name();
        return (body, spent) ->
                desk.requests()
                        .put(
                                new ModelRequest(
                                        id,
                                        by,
                                        MaskedSecrets.in(question.text()),
                                        settings.server(),
                                        settings.model(),
                                        spent.rounds() + 1,
                                        body,
                                        spent.tokensIn(),
                                        spent.tokensOut(),
                                        clock.instant()));
    }

    /// What the first request for a question would be, whole. Nothing is sent.
    public String firstRequest(Question question, Deadline deadline) {
        var settings = desk.settings();
        var index = names.of(question.target(), awake.test(question.target(), deadline), deadline);
        var functions = functions(question, settings, index);
        return desk.client(settings, "")
                .written(
                        ChatRequest.builder()
                                .messages(new ModelPrompt().of(question, index))
                                .toolSpecifications(functions.specifications())
                                .build());
    }

    /// The answer without a model says why it is without one.
    private static Answer noted(UUID id, Answer a, ModelTalk talk) {
        var why = talk.trouble() + "; answered without it";
        return new Answer(
                id,
                a.kind(),
                a.reading(),
                a.verdict(),
                a.tone(),
                a.evidence(),
                a.ruledOut(),
                a.actions(),
                a.clarify(),
                a.steps(),
                a.reasonsFor(),
                a.reasonsAgainst(),
                a.confidence(),
                a.model(),
                a.trouble() == null ? why : why + "; " + a.trouble(),
                a.answeredAt(),
                a.took());
    }

    /// A deadline of its own below that of the question.
    private static final class Within implements AutoCloseable {
        private final Deadline deadline;
        private final Deadline.Registration registration;

        Within(Duration most, Deadline above) {
            var rest = above.remaining();
            deadline = Deadline.in(most.compareTo(rest) < 0 ? most : rest);
            registration = above.onCancel(deadline::cancel);
        }

        @Override
        public void close() {
            registration.close();
        }
    }
}
