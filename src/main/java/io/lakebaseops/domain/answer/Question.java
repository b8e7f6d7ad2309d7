package io.lakebaseops.domain.answer;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// A question in a person's own words, with what is known about where and after what it was asked.
///
/// @param selected the object selected on the screen it was asked from
/// @param slots values the person chose over those found in the text, by [Slot#name]; `intent`
///     chooses one of the readings that were offered
/// @param before earlier questions of the conversation with their answers, newest last
/// @param zone in which "this morning" is meant and times are written
public record Question(
        String text,
        TargetId target,
        @Nullable Subject selected,
        Map<String, String> slots,
        List<Exchange> before,
        Instant askedAt,
        ZoneId zone) {
    /// How many earlier exchanges may matter for what "it" means.
    public static final int REMEMBERED = 6;

    /// The slot that chooses among readings.
    public static final String INTENT = "intent";

    /// The slot that says whether a language model may word the answer; [#WITHOUT] when not.
    public static final String MODEL = "model";

    public static final String WITHOUT = "without";

    public Question {
        slots = Map.copyOf(slots);
        before =
                List.copyOf(before.subList(Math.max(0, before.size() - REMEMBERED), before.size()));
    }

    /// A question by itself, in the time zone of this machine.
    public static Question of(String text, TargetId target, Instant askedAt) {
        return new Question(
                text, target, null, Map.of(), List.of(), askedAt, ZoneId.systemDefault());
    }

    /// An earlier question of the conversation and what was answered.
    public record Exchange(String question, Answer answer) {}
}
