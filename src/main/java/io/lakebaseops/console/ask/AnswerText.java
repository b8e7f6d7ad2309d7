package io.lakebaseops.console.ask;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.AnswerStep;

import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The words and marks of an answer that several parts of the screen share.
final class AnswerText {
    /// After this time newer data is there for certain: the servers shown are measured every few
    /// seconds, histories every five minutes.
    static final Duration FRESH = Duration.ofMinutes(5);

    private AnswerText() {}

    static Role role(Answer.Kind kind, Answer.Tone tone) {
        return switch (kind) {
            case ANSWERED -> ResultGrid.role(tone);
            case CLARIFY -> Role.INFO;
            case OUTSIDE, STOPPED -> Role.UNAVAILABLE;
            case FAILED -> Role.CRITICAL;
        };
    }

    /// An answer with nothing wrong in it has a tick.
    static Feather icon(Answer.Kind kind, Answer.Tone tone) {
        return switch (kind) {
            case ANSWERED -> role(kind, tone).icon();
            case CLARIFY -> Feather.HELP_CIRCLE;
            case OUTSIDE -> Feather.SLASH;
            case STOPPED -> Feather.SQUARE;
            case FAILED -> Feather.X_CIRCLE;
        };
    }

    /// `confidence 94 % · 6 steps · 11 queries · 0.38 s`
    static String figures(Answer answer) {
        var parts = new ArrayList<String>();
        var confidence = answer.confidence();
        if (confidence != null) {
            parts.add(Texts.of("confidence %s %%", Math.round(confidence.value() * 100)));
        }
        if (!answer.steps().isEmpty()) {
            parts.add(Texts.count(answer.steps().size(), "step"));
            int queries = queries(answer.steps());
            parts.add(
                    Format.grouped(queries)
                            + (queries == 1 ? Texts.of(" query") : Texts.of(" queries")));
            parts.add(Format.duration(answer.took()));
        }
        return String.join(" · ", parts);
    }

    static int queries(List<AnswerStep> steps) {
        return steps.stream().mapToInt(AnswerStep::queries).sum();
    }

    /// Empty while it is as new as can be.
    static String stale(Answer answer, Instant now, ZoneId zone) {
        boolean reads = !answer.steps().isEmpty() && answer.kind() != Kind.OUTSIDE;
        return reads && Duration.between(answer.answeredAt(), now).compareTo(FRESH) > 0
                ? Texts.of(
                        "Read at %s, newer data is there.",
                        Texts.clock(answer.answeredAt(), now, zone))
                : "";
    }

    static String origin(Source source) {
        return switch (source) {
            case LIVE -> Texts.of("live");
            case STORED -> Texts.of("from history");
            case SIMULATED -> Texts.of("generated");
            case UNAVAILABLE -> Texts.of("not available");
        };
    }
}
