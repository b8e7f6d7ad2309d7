package io.lakebaseops.console.ask;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.ModelConsent;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.state.Conversations.Exchange;
import io.lakebaseops.state.Conversations.Pin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A question of the conversation shown, with its answer or how far that has come.
///
/// @param answer null while it runs
/// @param filed the plans filed from the answer's next steps, by their place
record Turn(
        Asked asked,
        Progress progress,
        @Nullable Answer answer,
        Map<Integer, UUID> filed,
        List<Pin> pins) {
    static final String UNCHECKED = Texts.of("stopped before its figures were checked");

    Turn {
        filed = Map.copyOf(filed);
        pins = List.copyOf(pins);
    }

    /// What was asked.
    ///
    /// @param ownSql the question is a statement a person wrote
    /// @param slots values the person chose over those found in the text
    record Asked(
            UUID id,
            int number,
            String question,
            boolean ownSql,
            Map<String, String> slots,
            Instant at) {
        Asked {
            slots = Map.copyOf(slots);
        }
    }

    /// How far the answer has come.
    ///
    /// @param understood how the question was read, as soon as that is known
    /// @param doing what is being read now
    /// @param steps those that ended so far
    /// @param words of a language model, as they come
    /// @param consent what a person has to decide before it goes on; null when nothing
    record Progress(
            @Nullable Reading understood,
            String doing,
            List<AnswerStep> steps,
            String words,
            @Nullable ModelConsent consent) {
        static final Progress NONE = new Progress(null, "", List.of(), "", null);

        Progress {
            steps = List.copyOf(steps);
        }
    }

    static Turn asked(
            UUID id,
            int number,
            String question,
            boolean sql,
            Map<String, String> slots,
            Instant at) {
        return new Turn(
                new Asked(id, number, question, sql, slots, at),
                Progress.NONE,
                null,
                Map.of(),
                List.of());
    }

    static Turn kept(Exchange e, List<Pin> pins) {
        return new Turn(
                new Asked(e.id(), e.number(), e.question(), e.ownSql(), Map.of(), e.askedAt()),
                new Progress(e.answer().reading(), "", e.answer().steps(), "", null),
                e.answer(),
                e.filed(),
                pins);
    }

    UUID id() {
        return asked.id();
    }

    int number() {
        return asked.number();
    }

    String question() {
        return asked.question();
    }

    boolean ownSql() {
        return asked.ownSql();
    }

    Map<String, String> slots() {
        return asked.slots();
    }

    Instant askedAt() {
        return asked.at();
    }

    @Nullable Reading understood() {
        return progress.understood();
    }

    String doing() {
        return progress.doing();
    }

    List<AnswerStep> steps() {
        return progress.steps();
    }

    String words() {
        return progress.words();
    }

    @Nullable ModelConsent consent() {
        return progress.consent();
    }

    boolean running() {
        return answer == null && consent() == null;
    }

    Turn understood(Reading reading) {
        return with(new Progress(reading, doing(), steps(), words(), consent()));
    }

    Turn doing(String what) {
        return with(new Progress(understood(), what, steps(), words(), consent()));
    }

    Turn step(AnswerStep step) {
        var all = new ArrayList<>(steps());
        all.add(step);
        return with(new Progress(understood(), "", all, words(), consent()));
    }

    Turn words(String more) {
        return with(new Progress(understood(), doing(), steps(), words() + more, consent()));
    }

    /// Without the words that came so far.
    Turn without() {
        return with(new Progress(understood(), doing(), steps(), "", consent()));
    }

    Turn consent(ModelConsent wanted) {
        return with(new Progress(understood(), "", steps(), words(), wanted));
    }

    private Turn with(Progress next) {
        return new Turn(asked, next, answer, filed, pins);
    }

    Turn answered(Answer with) {
        var reading = with.reading() == null ? understood() : with.reading();
        return new Turn(
                asked, new Progress(reading, "", with.steps(), "", null), with, filed, pins);
    }

    /// The same question, to be answered anew.
    Turn again(Map<String, String> chosen, Instant at) {
        return new Turn(
                new Asked(id(), number(), question(), ownSql(), chosen, at),
                Progress.NONE,
                null,
                Map.of(),
                pins);
    }

    Turn filed(Map<Integer, UUID> plans) {
        return new Turn(asked, progress, answer, plans, pins);
    }

    Turn pinned(List<Pin> next) {
        return new Turn(asked, progress, answer, filed, next);
    }

    Exchange exchange() {
        return new Exchange(
                id(),
                number(),
                question(),
                ownSql(),
                askedAt(),
                Objects.requireNonNull(answer),
                filed);
    }

    /// Stopped by a person: what was read until then is all there is.
    Answer stopped(Instant now) {
        var verdict =
                words().isBlank()
                        ? List.<Sentence>of()
                        : List.of(
                                new Sentence(
                                        List.of(new Sentence.Phrase(words(), false)), UNCHECKED));
        return Answer.withoutResult(
                Answer.Kind.STOPPED,
                understood(),
                verdict,
                List.of(),
                List.of(),
                steps(),
                null,
                now,
                Duration.between(askedAt(), now));
    }
}
