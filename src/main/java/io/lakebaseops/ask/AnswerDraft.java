package io.lakebaseops.ask;

import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.ask.Understanding.Slots;
import io.lakebaseops.ask.Understanding.Understood;
import io.lakebaseops.ask.meaning.Intent;
import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.ask.plan.Asked;
import io.lakebaseops.ask.plan.StepResult;
import io.lakebaseops.ask.writing.AnswerWriter;
import io.lakebaseops.ask.writing.DiagnosisReasons;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One answer in the making: what is known of a question becomes its answer, whatever came of it.
final class AnswerDraft {
    private static final int FURTHER = 3;

    private final Question question;
    private final long begin;
    private final Clock clock;
    private final Map<String, Duration> usual;

    /// @param begin by the nano clock
    /// @param usual how long each intent took the last time
    AnswerDraft(Question question, long begin, Clock clock, Map<String, Duration> usual) {
        this.question = question;
        this.begin = begin;
        this.clock = clock;
        this.usual = usual;
    }

    Question question() {
        return question;
    }

    Reading reading(Intent intent, double score, Slots slots, boolean awake) {
        boolean live = intent.steps().stream().anyMatch(Intent.PlanStep::live);
        boolean stored = intent.steps().stream().anyMatch(s -> !s.live());
        String reads;
        if (!awake) {
            reads =
                    stored
                            ? "history, the compute is suspended"
                            : "needs a live look, when it wakes";
        } else if (live) {
            reads = stored ? "live and history" : "live";
        } else {
            reads = "history";
        }
        return new Reading(
                intent.id(), intent.words(), score, slots.shown(), reads, usual.get(intent.id()));
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
                                .formatted(i + 1, steps, results.get(i).step().tool(), failed));
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
        return without(Kind.OUTSIDE, Refusal.verdict(orders.orders(), instead), List.of(), instead);
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
        return without(kind, List.of(), List.of(), List.of(), Format.printable(why));
    }

    private Answer without(
            Kind kind, List<Sentence> verdict, List<Reading> clarify, List<NextStep> actions) {
        return without(kind, verdict, clarify, actions, null);
    }

    private Answer without(
            Kind kind,
            List<Sentence> verdict,
            List<Reading> clarify,
            List<NextStep> actions,
            @Nullable String trouble) {
        return Answer.withoutResult(
                kind, null, verdict, actions, clarify, List.of(), trouble, now(), took());
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
