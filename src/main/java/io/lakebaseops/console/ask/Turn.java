package io.lakebaseops.console.ask;

import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.ModelConsent;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.state.Conversations.Exchange;
import io.lakebaseops.state.Conversations.Pin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A question of the conversation shown, with its answer or how far that has come.
///
/// @param ownSql the question is a statement a person wrote
/// @param slots values the person chose over those found in the text
/// @param understood how the question was read, as soon as that is known
/// @param doing what is being read now
/// @param steps those that ended so far
/// @param words of a language model, as they come
/// @param consent what a person has to decide before it goes on; null when nothing
/// @param answer null while it runs
/// @param filed the plans filed from the answer's next steps, by their place
record Turn(
        UUID id,
        int number,
        String question,
        boolean ownSql,
        Map<String, String> slots,
        Instant askedAt,
        @Nullable Reading understood,
        String doing,
        List<AnswerStep> steps,
        String words,
        @Nullable ModelConsent consent,
        @Nullable Answer answer,
        Map<Integer, UUID> filed,
        List<Pin> pins) {
    static final String UNCHECKED = "stopped before its figures were checked";

    Turn {
        slots = Map.copyOf(slots);
        steps = List.copyOf(steps);
        filed = Map.copyOf(filed);
        pins = List.copyOf(pins);
    }

    static Turn asked(
            UUID id,
            int number,
            String question,
            boolean sql,
            Map<String, String> slots,
            Instant at) {
        return new Turn(
                id, number, question, sql, slots, at, null, "", List.of(), "", null, null, Map.of(),
                List.of());
    }

    static Turn kept(Exchange e, List<Pin> pins) {
        return new Turn(
                e.id(),
                e.number(),
                e.question(),
                e.ownSql(),
                Map.of(),
                e.askedAt(),
                e.answer().reading(),
                "",
                e.answer().steps(),
                "",
                null,
                e.answer(),
                e.filed(),
                pins);
    }

    boolean running() {
        return answer == null && consent == null;
    }

    Turn understood(Reading reading) {
        return new Turn(
                id, number, question, ownSql, slots, askedAt, reading, doing, steps, words, consent,
                answer, filed, pins);
    }

    Turn doing(String what) {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                what,
                steps,
                words,
                consent,
                answer,
                filed,
                pins);
    }

    Turn step(AnswerStep step) {
        var all = new java.util.ArrayList<>(steps);
        all.add(step);
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                "",
                all,
                words,
                consent,
                answer,
                filed,
                pins);
    }

    Turn words(String more) {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                doing,
                steps,
                words + more,
                consent,
                answer,
                filed,
                pins);
    }

    /// Without the words that came so far.
    Turn without() {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                doing,
                steps,
                "",
                consent,
                answer,
                filed,
                pins);
    }

    Turn consent(ModelConsent asked) {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                "",
                steps,
                words,
                asked,
                answer,
                filed,
                pins);
    }

    Turn answered(Answer with) {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                with.reading() == null ? understood : with.reading(),
                "",
                with.steps(),
                "",
                null,
                with,
                filed,
                pins);
    }

    /// The same question, to be answered anew.
    Turn again(Map<String, String> chosen, Instant at) {
        return new Turn(
                id, number, question, ownSql, chosen, at, null, "", List.of(), "", null, null,
                Map.of(), pins);
    }

    Turn filed(Map<Integer, UUID> plans) {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                doing,
                steps,
                words,
                consent,
                answer,
                plans,
                pins);
    }

    Turn pinned(List<Pin> next) {
        return new Turn(
                id,
                number,
                question,
                ownSql,
                slots,
                askedAt,
                understood,
                doing,
                steps,
                words,
                consent,
                answer,
                filed,
                next);
    }

    Exchange exchange() {
        return new Exchange(
                id,
                number,
                question,
                ownSql,
                askedAt,
                java.util.Objects.requireNonNull(answer),
                filed);
    }

    /// Stopped by a person: what was read until then is all there is.
    Answer stopped(Instant now) {
        return new Answer(
                UUID.randomUUID(),
                Answer.Kind.STOPPED,
                understood,
                words.isBlank()
                        ? List.of()
                        : List.of(
                                new io.lakebaseops.domain.answer.Sentence(
                                        List.of(
                                                new io.lakebaseops.domain.answer.Sentence.Phrase(
                                                        words, false)),
                                        UNCHECKED)),
                Answer.Tone.INFO,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                steps,
                List.of(),
                List.of(),
                null,
                null,
                null,
                now,
                Duration.between(askedAt, now));
    }
}
