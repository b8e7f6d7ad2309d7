package io.lakebaseops.ask;

import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.ask.Understanding.Slots;
import io.lakebaseops.ask.Understanding.Understood;
import io.lakebaseops.ask.meaning.Intent;
import io.lakebaseops.ask.names.NameCatalog;
import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.ask.names.TimeSpan;
import io.lakebaseops.ask.plan.Asked;
import io.lakebaseops.ask.plan.PlanRunner;
import io.lakebaseops.ask.plan.StepResult;
import io.lakebaseops.ask.writing.AnswerWriter;
import io.lakebaseops.ask.writing.DiagnosisReasons;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Answers questions without a language model: understands one, runs the plan of its intent, and
/// fills the answer with what the steps returned. It changes nothing and wakes no suspended compute.
public final class IntentAnswerer implements Answerer {
    private static final int FURTHER = 3;

    private final Supplier<Understanding> understanding;
    private final NameCatalog names;
    private final PlanRunner runner;
    private final ExampleQuestions examples;
    private final Targets targets;
    private final Supplier<Actor> person;
    private final Clock clock;

    /// How long each intent took the last time.
    private final Map<String, Duration> usual = new ConcurrentHashMap<>();

    /// @param understanding made at the first question
    public IntentAnswerer(
            Supplier<Understanding> understanding,
            NameCatalog names,
            PlanRunner runner,
            ExampleQuestions examples,
            Targets targets,
            Supplier<Actor> person,
            Clock clock) {
        this.understanding = understanding;
        this.names = names;
        this.runner = runner;
        this.examples = examples;
        this.targets = targets;
        this.person = person;
        this.clock = clock;
    }

    @Override
    public List<String> examples(TargetId target) {
        return examples.of(target);
    }

    @Override
    public Answer answer(Question question, AnswerProgress progress, Deadline deadline) {
        long begin = System.nanoTime();
        var draft = new Draft(question, begin);
        try {
            var branches = branches(question.target());
            boolean awake = targets.awake(question.target(), deadline);
            var index = names.of(question.target(), awake, deadline);
            var understood =
                    understanding
                            .get()
                            .understand(question, index, List.copyOf(branches.keySet()));
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

    private Map<String, TargetId> branches(TargetId here) {
        return targets.known().stream()
                .filter(t -> t.profile().equals(here.profile()))
                .filter(t -> t.project().equals(here.project()) && !t.plain())
                .collect(Collectors.toMap(TargetId::branch, t -> t, (a, _) -> a));
    }

    private Answer answered(
            Draft draft,
            Understood.Asks asks,
            Map<String, TargetId> branches,
            AnswerProgress progress,
            Deadline deadline) {
        var slots = asks.slots();
        // A comparison is with the other branch, all else on it.
        boolean compares = "branch".equals(asks.intent().needs());
        var target =
                slots.branch() == null || compares
                        ? draft.question.target()
                        : branches.getOrDefault(slots.branch(), draft.question.target());
        boolean awake = targets.awake(target, deadline);
        var asked =
                new Asked(
                        target,
                        compares ? slots.branch() : null,
                        slots.names(),
                        slots.numbers(),
                        slots.time(),
                        asks.intent().hours(),
                        draft.question.askedAt(),
                        draft.question.zone(),
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

    /// One answer in the making.
    private final class Draft {
        private final Question question;
        private final long begin;

        Draft(Question question, long begin) {
            this.question = question;
            this.begin = begin;
        }

        Reading reading(Intent intent, double score, Slots slots, boolean awake) {
            boolean live = intent.steps().stream().anyMatch(Intent.PlanStep::live);
            boolean stored = intent.steps().stream().anyMatch(s -> !s.live());
            String reads;
            if (!awake) {
                reads = stored ? "history, the compute is suspended" : "needs a live look, when it wakes";
            } else if (live) {
                reads = stored ? "live and history" : "live";
            } else {
                reads = "history";
            }
            return new Reading(
                    intent.id(),
                    intent.words(),
                    score,
                    slots.shown(),
                    reads,
                    usual.get(intent.id()));
        }

        Answer answer(
                Understood.Asks asks,
                Reading reading,
                Asked asked,
                List<StepResult> results,
                boolean stopped) {
            var writer = new AnswerWriter(asks.intent(), asked, results);
            var verdict = new ArrayList<>(writer.verdict());
            var trouble = trouble(asks, results, asked.awake());
            var failed = results.stream().filter(StepResult::failed).toList();
            boolean nothing =
                    results.stream().allMatch(StepResult::failed) && !asks.intent().steps().isEmpty();
            if (nothing) {
                verdict.clear();
            }
            if (nothing && failed.isEmpty() && !stopped) {
                verdict.add(
                        plain(
                                "The compute of "
                                        + asked.target().branch()
                                        + " is suspended and is not woken for a question; nothing of"
                                        + " this is in the history."));
            }
            var kind =
                    stopped ? Kind.STOPPED : nothing && !failed.isEmpty() ? Kind.FAILED : Kind.ANSWERED;
            var reasons = reasons(results);
            return make(
                    kind,
                    reading,
                    verdict,
                    nothing ? Tone.INFO : writer.tone(),
                    writer,
                    nothing,
                    results,
                    reasons,
                    trouble);
        }

        private Answer make(
                Kind kind,
                Reading reading,
                List<Sentence> verdict,
                Tone tone,
                AnswerWriter writer,
                boolean nothing,
                List<StepResult> results,
                DiagnosisReasons reasons,
                @Nullable String trouble) {
            return new Answer(
                    UUID.randomUUID(),
                    kind,
                    reading,
                    verdict,
                    tone,
                    writer.evidence(),
                    reasons.ruledOut(),
                    nothing ? List.of() : writer.actions(),
                    List.of(),
                    results.stream().map(StepResult::step).toList(),
                    reasons.pro(),
                    reasons.contra(),
                    reasons.confidence(),
                    null,
                    trouble,
                    now(),
                    took());
        }

        private static DiagnosisReasons reasons(List<StepResult> results) {
            return results.stream()
                    .map(StepResult::output)
                    .filter(DiagnoseRootCause.Output.class::isInstance)
                    .map(DiagnoseRootCause.Output.class::cast)
                    .findFirst()
                    .map(DiagnosisReasons::of)
                    .orElse(DiagnosisReasons.NONE);
        }

        private static @Nullable String trouble(
                Understood.Asks asks, List<StepResult> results, boolean awake) {
            var troubles = new ArrayList<String>();
            int steps = asks.intent().steps().size();
            for (int i = 0; i < results.size(); i++) {
                var failed = results.get(i).step().failed();
                if (failed != null) {
                    troubles.add(
                            "Step %d of %d, %s, failed: %s"
                                    .formatted(
                                            i + 1, steps, results.get(i).step().tool(), failed));
                }
                results.get(i).caveats().stream().limit(2).forEach(troubles::add);
            }
            if (!awake) {
                troubles.add("the compute is suspended: answered from what is stored");
            }
            if (!asks.also().isEmpty()) {
                troubles.add(
                        "it also orders something (“"
                                + asks.also().getFirst().verb()
                                + "”): nothing was changed, Ask only reads");
            }
            return troubles.isEmpty() ? null : Format.printable(String.join("; ", troubles));
        }

        Answer clarify(Understood.Several several, boolean awake) {
            var readings =
                    several.readings().stream()
                            .map(m -> reading(m.intent(), m.score(), several.slots(), awake))
                            .toList();
            return without(
                    Kind.CLARIFY,
                    List.of(plain("This can be read in more than one way. Which one is meant?")),
                    readings,
                    List.of());
        }

        Answer lacking(Understood.Lacks lacks, NameIndex index, boolean awake) {
            var readings =
                    index.first(lacks.slot(), FURTHER).stream()
                            .map(
                                    name -> {
                                        var slots = lacks.slots();
                                        var its = new LinkedHashMap<>(slots.names());
                                        its.put(lacks.slot(), name);
                                        return reading(
                                                lacks.intent(),
                                                1,
                                                new Slots(
                                                        its,
                                                        slots.numbers(),
                                                        slots.time(),
                                                        slots.branch(),
                                                        Map.of()),
                                                awake);
                                    })
                            .toList();
            return without(
                    Kind.CLARIFY,
                    List.of(
                            plain(
                                    "Which "
                                            + named(lacks.slot())
                                            + "? The question names none that is on this server.")),
                    readings,
                    List.of());
        }

        private static String named(String slot) {
            return switch (slot) {
                case "queryid" -> "statement (by its query id)";
                case "pid" -> "session (by its process id)";
                default -> slot;
            };
        }

        Answer refused(Understood.Orders orders) {
            var instead = Refusal.instead(orders.orders(), orders.slots());
            return without(
                    Kind.OUTSIDE, Refusal.verdict(orders.orders(), instead), List.of(), instead);
        }

        Answer outside(List<String> askable) {
            return without(
                    Kind.OUTSIDE,
                    List.of(
                            plain(
                                    "This cannot be answered from a database server, its history or"
                                            + " its plans, so nothing was read.")),
                    List.of(),
                    askable.stream()
                            .limit(FURTHER)
                            .map(q -> (NextStep) new NextStep.AskFurther(q, q))
                            .toList());
        }

        Answer failed(Kind kind, String why) {
            var answer = without(kind, List.of(), List.of(), List.of());
            return new Answer(
                    answer.id(),
                    kind,
                    null,
                    List.of(),
                    Tone.INFO,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    Format.printable(why),
                    now(),
                    took());
        }

        private Answer without(
                Kind kind, List<Sentence> verdict, List<Reading> clarify, List<NextStep> actions) {
            return new Answer(
                    UUID.randomUUID(),
                    kind,
                    null,
                    verdict,
                    Tone.INFO,
                    List.of(),
                    List.of(),
                    actions,
                    clarify,
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    now(),
                    took());
        }

        private Instant now() {
            return clock.instant();
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        private static Sentence plain(String words) {
            return new Sentence(List.of(new Phrase(words, false)), null);
        }
    }
}
