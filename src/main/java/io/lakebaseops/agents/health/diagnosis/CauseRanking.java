package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.agents.health.diagnosis.FactCondition.Truth;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Weighs the facts for and against every cause. Pure: it asks nobody anything.
///
/// A cause is considered when all it needs holds. Half of the confidence comes from that; the other
/// half is the share of its supporting facts that hold, and facts against it take away. What began
/// after the symptoms is no cause of them.
final class CauseRanking {
    /// Two readings may see one moment in either order.
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private static final double NEEDED = 0.6;

    /// Below this nothing is named.
    private static final double NAMED = 0.45;

    private final List<CauseRule> rules;
    private final Facts facts;
    private final List<Symptom> symptoms;

    CauseRanking(List<CauseRule> rules, Facts facts, List<Symptom> symptoms) {
        this.rules = List.copyOf(rules);
        this.facts = facts;
        this.symptoms = List.copyOf(symptoms);
    }

    private record Weighed(Hypothesis hypothesis, boolean explains) {}

    /// @param asked the metric somebody asks about; null for the server as a whole
    Diagnosis diagnose(@Nullable MetricName asked) {
        var blocked = facts.find(FactName.BLOCKED_SESSIONS).map(Fact::value).orElse(0.0) >= 1;
        if (symptoms.isEmpty() && asked != null) {
            return new Diagnosis.NotSignificant(
                    "%s is within its limits; there is nothing to explain."
                            .formatted(asked.id().replace('_', ' ')));
        }
        var weighed = new ArrayList<Weighed>();
        for (var rule : rules) {
            weigh(rule, blocked).ifPresent(weighed::add);
        }
        weighed.sort(
                Comparator.comparing((Weighed w) -> w.hypothesis().confidence())
                        .thenComparing(w -> w.hypothesis().explains().size())
                        .reversed());
        var named = weighed.stream().filter(w -> w.hypothesis().confidence() >= NAMED).toList();
        var likely = named.stream().filter(Weighed::explains).map(Weighed::hypothesis).toList();
        var beside = named.stream().filter(w -> !w.explains()).map(Weighed::hypothesis).toList();
        if (symptoms.isEmpty() && !blocked) {
            return beside.isEmpty()
                    ? new Diagnosis.Healthy(healthy())
                    : new Diagnosis.Causes(
                            "Nothing is beyond its limit yet. " + told(beside.getFirst()),
                            symptoms,
                            beside,
                            List.of());
        }
        return likely.isEmpty()
                ? new Diagnosis.NotEnoughEvidence(unexplained(), symptoms, notLikely(weighed))
                : new Diagnosis.Causes(told(likely.getFirst()), symptoms, likely, beside);
    }

    private java.util.Optional<Weighed> weigh(CauseRule rule, boolean blocked) {
        if (rule.needs().stream().anyMatch(n -> n.of(facts) != Truth.YES)) {
            return java.util.Optional.empty();
        }
        var needed = rule.needs().stream().map(this::fact).toList();
        var since =
                needed.stream()
                        .map(Fact::since)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
        var explained =
                symptoms.stream().filter(s -> rule.explains().contains(s.metric())).toList();
        // A queue for locks is a symptom of its own, seen before the metric passes its limit.
        boolean queue = blocked && rule.explains().contains(MetricName.WAITING_LOCKS);
        boolean late = since != null && !explained.isEmpty() && began(explained, since);
        double confidence = NEEDED + (1 - NEEDED) * share(rule.supports()) - penalty(rule);
        var evidence = new ArrayList<>(needed.stream().map(Fact::words).toList());
        holding(rule.supports()).map(Fact::words).forEach(evidence::add);
        var against = new ArrayList<>(holding(rule.against()).map(Fact::words).toList());
        if (late) {
            against.add("it began after " + explained.getFirst().words());
        }
        return java.util.Optional.of(
                new Weighed(
                        new Hypothesis(
                                rule.cause(),
                                rule.title(),
                                Math.clamp(confidence, 0.0, 0.99),
                                since,
                                explained.stream().map(s -> s.metric().id()).toList(),
                                evidence.stream().distinct().toList(),
                                against.stream().distinct().toList(),
                                rule.now(),
                                rule.lasting(),
                                rule.repair()),
                        (!explained.isEmpty() || queue) && !late));
    }

    /// Did it begin after every symptom it would explain?
    private static boolean began(List<Symptom> explained, Instant since) {
        return explained.stream().allMatch(s -> since.isAfter(s.since().plus(TOLERANCE)));
    }

    private Fact fact(FactCondition condition) {
        return facts.find(condition.fact()).orElseThrow();
    }

    private java.util.stream.Stream<Fact> holding(List<FactCondition> conditions) {
        return conditions.stream().filter(c -> c.of(facts) == Truth.YES).map(this::fact);
    }

    /// What is unknown counts neither as holding nor as not; without any support it is half.
    private double share(List<FactCondition> supports) {
        var known = supports.stream().filter(c -> c.of(facts) != Truth.UNKNOWN).toList();
        double all = known.stream().mapToDouble(FactCondition::importance).sum();
        if (all == 0) {
            return 0.5;
        }
        return known.stream()
                        .filter(c -> c.of(facts) == Truth.YES)
                        .mapToDouble(FactCondition::importance)
                        .sum()
                / all;
    }

    private double penalty(CauseRule rule) {
        return 0.25
                * rule.against().stream()
                        .filter(c -> c.of(facts) == Truth.YES)
                        .mapToDouble(FactCondition::importance)
                        .sum();
    }

    private static String told(Hypothesis h) {
        return "%s: %s.".formatted(h.title(), h.evidence().getFirst());
    }

    private String healthy() {
        return facts.gaps().isEmpty()
                ? "Healthy: no figure is beyond its limit and nobody waits for a lock."
                : "No figure that could be read is beyond its limit, and nobody is seen to wait.";
    }

    private String unexplained() {
        return "%s; what was measured names no cause."
                .formatted(
                        symptoms.isEmpty()
                                ? facts.find(FactName.BLOCKED_SESSIONS).orElseThrow().words()
                                : symptoms.getFirst().words());
    }

    private static List<String> notLikely(List<Weighed> weighed) {
        return weighed.stream()
                .map(Weighed::hypothesis)
                .map(
                        h ->
                                h.against().isEmpty()
                                        ? h.title() + ": it does not explain this"
                                        : h.title() + ": " + h.against().getFirst())
                .toList();
    }
}
