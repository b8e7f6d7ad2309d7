package io.lakebaseops.ask;

import io.lakebaseops.ask.Understanding.Slots;
import io.lakebaseops.ask.Understanding.Understood;
import io.lakebaseops.ask.names.NameCatalog;
import io.lakebaseops.ask.names.TimeSpan;
import io.lakebaseops.ask.plan.Asked;
import io.lakebaseops.ask.plan.PlanRunner;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.postgres.Targets;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Answers questions without a language model: understands one, runs the plan of its intent, and
/// fills the answer with what the steps returned. It changes nothing and wakes no suspended
/// compute.
public final class IntentAnswerer implements Answerer {
    private final Supplier<Understanding> understanding;
    private final NameCatalog names;
    private final PlanRunner runner;
    private final ExampleQuestions examples;
    private final AnswerPreparation preparation;
    private final Targets targets;
    private final Supplier<Actor> person;
    private final Executor background;
    private final Clock clock;

    /// How long each intent took the last time.
    private final Map<String, Duration> usual = new ConcurrentHashMap<>();

    /// @param understanding made at the first question
    /// @param preparation begun when a person sees what could be asked: a question is likely to
    ///     follow
    public IntentAnswerer(
            Supplier<Understanding> understanding,
            NameCatalog names,
            PlanRunner runner,
            ExampleQuestions examples,
            AnswerPreparation preparation,
            Targets targets,
            Supplier<Actor> person,
            Executor background,
            Clock clock) {
        this.understanding = understanding;
        this.names = names;
        this.runner = runner;
        this.examples = examples;
        this.preparation = preparation;
        this.targets = targets;
        this.person = person;
        this.background = background;
        this.clock = clock;
    }

    @Override
    public List<String> examples(TargetId target) {
        prepare(List.of());
        return examples.of(target);
    }

    @Override
    public void prepare(List<String> questions) {
        preparation.begin(questions);
    }

    @Override
    public Answer answer(Question question, AnswerProgress progress, Deadline deadline) {
        long begin = System.nanoTime();
        var draft = new AnswerDraft(question, begin, clock, usual);
        try {
            var listed = beside(() -> branches(question.target()));
            var intents = beside(understanding);
            boolean awake = targets.awake(question.target(), deadline);
            if (awake) {
                background.execute(() -> ahead(question, deadline));
            }
            var index = names.of(question.target(), awake, deadline);
            var branches = joined(listed);
            var understood =
                    joined(intents).understand(question, index, List.copyOf(branches.keySet()));
            return switch (understood) {
                case Understood.Asks asks -> answered(draft, asks, branches, progress, deadline);
                case Understood.Several several -> draft.clarify(several, awake);
                case Understood.Lacks lacks -> draft.lacking(lacks, index, awake);
                case Understood.Orders orders -> draft.refused(orders);
                case Understood.Outside _ -> draft.outside(examples.of(question.target()));
            };
        } catch (OpsException e) {
            var stopped = e.kind() == OpsException.Kind.CANCELLED || deadline.cancelled();
            return draft.failed(
                    stopped ? Kind.STOPPED : Kind.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /// Measuring over an interval begins while names are read, where the words say what will be
    /// asked; what turns out otherwise costs one look.
    private void ahead(Question question, Deadline deadline) {
        understanding
                .get()
                .likely(question)
                .ifPresent(intent -> runner.prepare(intent.steps(), question.target(), deadline));
    }

    private <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, background);
    }

    private static <T> T joined(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OpsException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private Map<String, TargetId> branches(TargetId here) {
        return targets.known().stream()
                .filter(t -> t.profile().equals(here.profile()))
                .filter(t -> t.project().equals(here.project()) && !t.plain())
                .collect(Collectors.toMap(TargetId::branch, t -> t, (a, _) -> a));
    }

    private Answer answered(
            AnswerDraft draft,
            Understood.Asks asks,
            Map<String, TargetId> branches,
            AnswerProgress progress,
            Deadline deadline) {
        var slots = asks.slots();
        // A comparison is with the other branch, all else on it.
        boolean compares = "branch".equals(asks.intent().needs());
        var target =
                slots.branch() == null || compares
                        ? draft.question().target()
                        : branches.getOrDefault(slots.branch(), draft.question().target());
        boolean awake = targets.awake(target, deadline);
        var asked =
                new Asked(
                        target,
                        compares ? slots.branch() : null,
                        slots.names(),
                        slots.numbers(),
                        slots.time(),
                        asks.intent().hours(),
                        draft.question().askedAt(),
                        draft.question().zone(),
                        awake,
                        person.get());
        var reading = draft.reading(asks.intent(), asks.score(), ranged(asks, asked), awake);
        progress.understood(reading);
        var results = runner.run(asks.intent().steps(), asked, progress, deadline);
        var answer = draft.answer(asks, reading, asked, results, deadline.cancelled());
        if (answer.kind() == Kind.ANSWERED) {
            usual.put(asks.intent().id(), answer.took());
        }
        return answer;
    }

    /// The time that was looked at is a slot too where the question names none.
    private static Slots ranged(Understood.Asks asks, Asked asked) {
        boolean stored = asks.intent().steps().stream().anyMatch(s -> !s.live());
        if (!stored || asked.time() != null) {
            return asks.slots();
        }
        var range = asked.range();
        return asks.slots().within(new TimeSpan(range.from(), range.until(), asked.spanWords()));
    }
}
