package io.lakebaseops.ask.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.ask.meaning.Intent;
import io.lakebaseops.ask.meaning.IntentLibrary;
import io.lakebaseops.ask.plan.HistorySteps;
import io.lakebaseops.ask.plan.StateSteps;
import io.lakebaseops.ask.plan.StepResult;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The data files of intents name only what there is, and no figure stands in their sentences.
final class IntentFilesTest {
    private static final List<Intent> INTENTS = IntentLibrary.fromClassPath().all();
    private static final Scope EMPTY = new Scope(List.of(), Map.of(), Map.of());

    @Test
    void there_are_enough_intents_each_with_examples() {
        assertThat(INTENTS).hasSizeGreaterThan(60);
        assertThat(INTENTS).allSatisfy(i -> assertThat(i.examples()).hasSizeGreaterThan(2));
        assertThat(INTENTS.stream().filter(i -> i.de() != null && i.es() != null).count())
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void every_step_reads_something_that_exists() throws IOException {
        var tools =
                Files.readAllLines(Path.of("src/test/resources/tools.txt")).stream()
                        .map(l -> l.split(" \\| "))
                        .filter(l -> !l[3].equals("change"))
                        .map(l -> l[0])
                        .collect(Collectors.toSet());
        var sql = SqlLibrary.fromClassPath();
        for (var intent : INTENTS) {
            for (var step : intent.steps()) {
                if (step.tool() != null) {
                    assertThat(tools).as(intent.id()).contains(step.tool());
                } else if (step.query() != null) {
                    assertThat(sql.file(SqlName.of(step.query()), 17)).isNotNull();
                } else if (step.state() != null) {
                    assertThat(StateSteps.names()).contains(step.state());
                } else if (step.reads().startsWith("metric/")) {
                    assertThat(MetricName.of(step.reads().substring(7))).isNotNull();
                } else {
                    assertThat(HistorySteps.names()).contains(step.reads());
                }
            }
        }
    }

    @Test
    void no_sentence_has_a_figure_of_its_own_and_every_condition_can_be_read() {
        for (var intent : INTENTS) {
            for (var sentence : intent.verdict()) {
                assertThat(sentence.say().replaceAll("\\{[^}]*}", ""))
                        .as(intent.id())
                        .doesNotContainPattern("\\d");
                assertThat(sentence.say().split("\\*\\*", -1).length % 2).as(intent.id()).isOne();
                Condition.holds(sentence.when(), EMPTY);
                for (var part :
                        sentence.when() == null ? new String[0] : sentence.when().split(" and ")) {
                    Condition.holds(part, EMPTY);
                }
            }
            for (var action : intent.next()) {
                Condition.holds(action.when(), EMPTY);
            }
        }
    }

    @Test
    void what_is_shown_is_a_step_and_what_is_filed_is_a_change_tool() throws IOException {
        var changes =
                Files.readAllLines(Path.of("src/test/resources/tools.txt")).stream()
                        .filter(l -> l.contains("| change |"))
                        .map(l -> l.substring(0, l.indexOf(' ')))
                        .collect(Collectors.toSet());
        for (var intent : INTENTS) {
            var steps = intent.steps().stream().map(Intent.PlanStep::name).toList();
            assertThat(steps).as(intent.id()).doesNotHaveDuplicates();
            intent.show().forEach(s -> assertThat(steps).as(intent.id()).contains(s.of()));
            for (var action : intent.next()) {
                if (action.file() != null) {
                    assertThat(changes).as(intent.id()).contains(action.file());
                }
            }
        }
    }

    @Test
    void sentences_are_filled_and_text_of_a_database_is_made_safe() {
        var scope =
                new Scope(
                        List.of(),
                        Map.of(
                                "total_bytes",
                                1_572_864L,
                                "name",
                                "a\nb\u202Ec",
                                "dead_share",
                                0.25),
                        Map.of());
        var display = new Display(Instant.EPOCH, ZoneOffset.UTC);
        var sentence =
                SentenceWriter.sentence(
                        "**{name}** takes {total_bytes}, {dead_share}.", scope, display);
        assertThat(sentence.text()).isEqualTo("a b\\u202Ec takes 1.5 MB, 25.0 %.");
        assertThat(sentence.phrases().getFirst().strong()).isTrue();
        assertThat(Set.of(Condition.holds("total_bytes > 1000000 and name given", scope)))
                .containsExactly(true);
        assertThat(Condition.holds("total_bytes < 10", scope)).isFalse();
        assertThat(Condition.holds("other given", scope)).isFalse();
    }

    @Test
    void a_figure_is_compared_with_one_that_another_step_read() {
        var scope =
                new Scope(
                        List.of(
                                read("use", Map.of("warning_value", 0.7)),
                                read("sessions", Map.of("utilization", 0.69))),
                        Map.of(),
                        Map.of());
        assertThat(Condition.holds("sessions.utilization < use.warning_value", scope)).isTrue();
        assertThat(Condition.holds("sessions.utilization >= use.warning_value", scope)).isFalse();
        assertThat(Condition.holds("sessions.utilization >= use.nothing", scope)).isFalse();
        assertThat(Condition.holds("sessions.utilization < use.nothing", scope)).isFalse();
    }

    private static StepResult read(String name, Map<String, @Nullable Object> facts) {
        var step =
                new AnswerStep(
                        name,
                        name,
                        1,
                        0,
                        Duration.ZERO,
                        null,
                        null,
                        Instant.EPOCH,
                        Source.LIVE,
                        null);
        return new StepResult(name, step, List.of(), facts, null, List.of());
    }
}
