package io.lakebaseops.domain.answer;

import io.lakebaseops.domain.Confidence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The answer to a question: the verdict first, then what shows it, then what can be done.
///
/// @param reading how the question was understood; null when it was not
/// @param verdict every figure in it occurs in the results of `steps`
/// @param evidence tables, charts and texts; charts share one time axis
/// @param ruledOut what was looked at and is not the cause, each in a few words
/// @param clarify the readings to choose from, best first; at most three
/// @param steps what was run and read, in order
/// @param reasonsFor what speaks for the verdict
/// @param reasonsAgainst what speaks against it
/// @param trouble what went wrong or is missing, and what to do about it
public record Answer(
        UUID id,
        Kind kind,
        @Nullable Reading reading,
        List<Sentence> verdict,
        Tone tone,
        List<Exhibit> evidence,
        List<String> ruledOut,
        List<NextStep> actions,
        List<Reading> clarify,
        List<AnswerStep> steps,
        List<String> reasonsFor,
        List<String> reasonsAgainst,
        @Nullable Confidence confidence,
        @Nullable ModelUse model,
        @Nullable String trouble,
        Instant answeredAt,
        Duration took) {
    public Answer {
        verdict = List.copyOf(verdict);
        evidence = List.copyOf(evidence);
        ruledOut = List.copyOf(ruledOut);
        actions = List.copyOf(actions);
        clarify = List.copyOf(clarify);
        steps = List.copyOf(steps);
        reasonsFor = List.copyOf(reasonsFor);
        reasonsAgainst = List.copyOf(reasonsAgainst);
    }

    /// An answer without a result: it was stopped, failed, or there is nothing to say but what to
    /// ask instead.
    ///
    /// @param steps what was read until then
    public static Answer withoutResult(
            Kind kind,
            @Nullable Reading reading,
            List<Sentence> verdict,
            List<NextStep> actions,
            List<Reading> clarify,
            List<AnswerStep> steps,
            @Nullable String trouble,
            Instant at,
            Duration took) {
        return new Answer(
                UUID.randomUUID(),
                kind,
                reading,
                verdict,
                Tone.INFO,
                List.of(),
                List.of(),
                actions,
                clarify,
                steps,
                List.of(),
                List.of(),
                null,
                null,
                trouble,
                at,
                took);
    }

    /// How an answer ended.
    public enum Kind {
        ANSWERED,
        /// Two readings are too close to choose from: one of `clarify` has to be chosen.
        CLARIFY,
        /// Not a question that can be answered from a database server; nothing was read.
        OUTSIDE,
        /// A step failed; what was read before stands, `trouble` names the step.
        FAILED,
        /// A person stopped it; what was read before stands.
        STOPPED
    }

    /// What the verdict means for the server.
    public enum Tone {
        OK,
        INFO,
        WARNING,
        CRITICAL
    }
}
