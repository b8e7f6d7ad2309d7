package io.lakebaseops.agents.health.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

final class CauseRankingTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final List<CauseRule> RULES = CauseRules.standard();

    static Stream<String> causes() {
        return RULES.stream().map(CauseRule::cause);
    }

    @Test
    void atLeastTwentyFiveCausesAreKnownAndEachSaysWhatToDo() {
        assertThat(RULES).hasSizeGreaterThanOrEqualTo(25);
        assertThat(RULES).allMatch(r -> !r.now().isBlank() && !r.lasting().isBlank());
        assertThat(RULES).allMatch(r -> !r.explains().isEmpty());
    }

    /// What it needs and what supports it, and nothing else: then it is named first.
    @ParameterizedTest
    @MethodSource("causes")
    void eachCauseIsNamedFirstWhenItsFactsHold(String cause) {
        var rule = rule(cause);
        var facts = new Facts();
        rule.supports().forEach(c -> hold(facts, c));
        rule.needs().forEach(c -> hold(facts, c));
        var diagnosis = diagnose(facts, rule.explains().getFirst());
        assertThat(diagnosis).isInstanceOf(Diagnosis.Causes.class);
        var first = ((Diagnosis.Causes) diagnosis).likely().getFirst();
        assertThat(first.cause()).isEqualTo(cause);
        assertThat(first.evidence()).isNotEmpty();
        assertThat(diagnosis.sentence()).startsWith(rule.title());
    }

    /// Without one of the facts it needs it is not considered, known or not.
    @ParameterizedTest
    @MethodSource("causes")
    void noCauseIsNamedWithoutWhatItNeeds(String cause) {
        var rule = rule(cause);
        for (var missing : rule.needs()) {
            var unknown = new Facts();
            var untrue = new Facts();
            for (var c : Stream.concat(rule.supports().stream(), rule.needs().stream()).toList()) {
                if (c.fact() != missing.fact()) {
                    hold(unknown, c);
                    hold(untrue, c);
                }
            }
            untrue.add(missing.fact(), missing.atLeast() == null ? 1e18 : -1, "not so");
            for (var facts : List.of(unknown, untrue)) {
                assertThat(named(diagnose(facts, rule.explains().getFirst())))
                        .doesNotContain(cause);
            }
        }
    }

    @Test
    void whatBeganAfterTheSymptomIsNoCauseOfIt() {
        var facts =
                new Facts()
                        .add(
                                FactName.LONGEST_STATEMENT_SECONDS,
                                200,
                                "pid 7 runs for 200 s",
                                NOON.plusSeconds(600));
        var diagnosis = diagnose(facts, MetricName.CACHE_HIT_RATIO);
        assertThat(diagnosis).isInstanceOf(Diagnosis.NotEnoughEvidence.class);
        assertThat(((Diagnosis.NotEnoughEvidence) diagnosis).ruledOut())
                .singleElement()
                .asString()
                .contains("began after cache hit ratio");
        facts.add(FactName.LONGEST_STATEMENT_SECONDS, 200, "pid 7 runs", NOON.minusSeconds(5));
        assertThat(named(diagnose(facts, MetricName.CACHE_HIT_RATIO)))
                .containsExactly("runaway_statement");
    }

    @Test
    void aDecoyIsToldFromTheCauseItLooksLike() {
        var facts =
                new Facts()
                        .add(FactName.CACHE_HIT_RATIO, 0.8, "cache hits 0.8")
                        .add(FactName.STARTED_MINUTES, 3, "the server started 3 min ago");
        assertThat(named(diagnose(facts, MetricName.CACHE_HIT_RATIO)).getFirst())
                .isEqualTo("started_a_moment_ago");
        facts.add(FactName.STARTED_MINUTES, 3000, "the server started 2 days ago");
        assertThat(named(diagnose(facts, MetricName.CACHE_HIT_RATIO)).getFirst())
                .isEqualTo("cache_too_small");
        facts.add(FactName.ROWS_SCANNED_PER_SECOND, 2e6, "sequential scans of shop.orders");
        assertThat(named(diagnose(facts, MetricName.CACHE_HIT_RATIO)).getFirst())
                .isEqualTo("missing_index");
    }

    /// An invalid index stays for weeks and costs a little; which of the two is named first must
    /// not depend on which statement happens to run at the moment.
    @Test
    void aTableThatIsReadFromEndToEndIsNamedBeforeAnIndexThatWasLeftInvalid() {
        for (var slower : Arrays.asList(null, 1.0, 1.3, 2.0, 9.0)) {
            for (var longest : Arrays.asList(null, 0.1, 3.0)) {
                var facts =
                        new Facts()
                                .add(FactName.INVALID_INDEXES, 1, "orders_idx is invalid")
                                .add(FactName.ROWS_SCANNED_PER_SECOND, 2e5, "scans of orders");
                if (slower != null) {
                    facts.add(FactName.SLOWER_STATEMENT, slower, "it is slower");
                }
                if (longest != null) {
                    facts.add(FactName.LONGEST_STATEMENT_SECONDS, longest, "it runs");
                }
                assertThat(named(diagnose(facts, MetricName.MEAN_LATENCY_MS)).getFirst())
                        .as("slower %s, longest %s", slower, longest)
                        .isEqualTo("missing_index");
            }
        }
    }

    /// The statement that got a plan for other data runs longer and longer: that is the effect.
    @Test
    void statisticsOutOfDateAreNamedBeforeTheStatementThatSuffersFromThem() {
        for (double seconds : new double[] {1, 10, 40, 100}) {
            for (var slower : Arrays.asList(null, 1.0, 3.0)) {
                var facts =
                        new Facts()
                                .add(FactName.ROWS_CHANGED_SINCE_ANALYZE, 9, "9 times its rows")
                                .add(FactName.PLAN_CHANGED, 0, "no plan changed")
                                .add(FactName.LONGEST_STATEMENT_SECONDS, seconds, "it runs");
                if (slower != null) {
                    facts.add(FactName.SLOWER_STATEMENT, slower, "it is slower");
                }
                assertThat(named(diagnose(facts, MetricName.SLOWEST_QUERY_SECONDS)).getFirst())
                        .as("%.0f s, slower %s", seconds, slower)
                        .isEqualTo("stale_statistics");
            }
        }
        var alone = new Facts().add(FactName.LONGEST_STATEMENT_SECONDS, 6, "it runs");
        alone.add(FactName.ROWS_CHANGED_SINCE_ANALYZE, 1, "new, and analyzed by itself soon");
        alone.add(FactName.AUTOVACUUM_WILL_ANALYZE, 1, "autovacuum is on for it");
        assertThat(named(diagnose(alone, MetricName.SLOWEST_QUERY_SECONDS)))
                .first()
                .isEqualTo("runaway_statement");
    }

    @Test
    void deadRowsThatAreHeldBackAreBlamedOnWhatHoldsThem() {
        var facts =
                new Facts()
                        .add(FactName.DEAD_ROW_RATIO, 0.9, "90 % dead")
                        .add(FactName.XMIN_HELD_BY_SLOT, 500_000, "slot s keeps them");
        assertThat(named(diagnose(facts, MetricName.MAX_DEAD_TUPLE_RATIO)).getFirst())
                .isEqualTo("xmin_held_by_slot");
    }

    @Test
    void healthyNotSignificantAndNotEnoughAreAnswersToo() {
        var quiet = new CauseRanking(RULES, new Facts(), List.of());
        assertThat(quiet.diagnose(null)).isInstanceOf(Diagnosis.Healthy.class);
        assertThat(quiet.diagnose(MetricName.TXID_AGE))
                .isInstanceOf(Diagnosis.NotSignificant.class);
        var facts = new Facts().gap("hidden");
        assertThat(new CauseRanking(RULES, facts, List.of()).diagnose(null).sentence())
                .as("what could not be read is not called healthy")
                .startsWith("No figure that could be read");
        assertThat(diagnose(new Facts(), MetricName.DEADLOCKS_PER_HOUR))
                .isInstanceOf(Diagnosis.NotEnoughEvidence.class);
    }

    private static Diagnosis diagnose(Facts facts, MetricName symptom) {
        var words = symptom.id().replace('_', ' ') + " 1";
        return new CauseRanking(RULES, facts, List.of(new Symptom(symptom, 1, words, NOON)))
                .diagnose(null);
    }

    private static List<String> named(Diagnosis diagnosis) {
        return diagnosis instanceof Diagnosis.Causes c
                ? c.likely().stream().map(Hypothesis::cause).toList()
                : List.of();
    }

    private static CauseRule rule(String cause) {
        return RULES.stream().filter(r -> r.cause().equals(cause)).findFirst().orElseThrow();
    }

    private static void hold(Facts facts, FactCondition condition) {
        facts.add(condition.fact(), value(condition), condition.fact().id() + " holds");
    }

    private static double value(FactCondition c) {
        @Nullable Double limit = c.atLeast() == null ? c.atMost() : c.atLeast();
        return Objects.requireNonNull(limit);
    }
}
