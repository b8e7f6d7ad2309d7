package io.lakebaseops.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.lakebaseops.gameday.Grade.Result;
import io.lakebaseops.gameday.ProductUnderTest.Healing.Outcome;
import io.lakebaseops.gameday.Scenario.Kind;
import io.lakebaseops.gameday.Scenario.Repair;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.StreamSupport;

/// The catalogue of scenarios, and the arithmetic of grades.
final class ScenarioTest {
    @Test
    void atLeastTwentyFiveFaultsAndTenDecoysAreDescribed() throws IOException {
        var all = Scenarios.all();
        assertThat(all.stream().filter(Scenario::fault)).hasSizeGreaterThanOrEqualTo(25);
        assertThat(all.stream().filter(s -> !s.fault())).hasSizeGreaterThanOrEqualTo(10);
        assertThat(all).extracting(Scenario::name).doesNotHaveDuplicates();
        var causes = causes();
        for (var scenario : all) {
            assertThat(scenario.title()).as(scenario.name()).endsWith(".");
            assertThat(scenario.repair() == null)
                    .as("a decoy needs no repair: " + scenario.name())
                    .isEqualTo(!scenario.fault());
            if (scenario.unavailable() == null && !scenario.name().equals("disk_full")) {
                assertThat(causes).as(scenario.name()).containsAll(scenario.expected());
                assertThat(scenario.acts().stream().anyMatch(a -> !a.setup())).isTrue();
            }
        }
    }

    private static List<String> causes() throws IOException {
        try (var in = ScenarioTest.class.getResourceAsStream("/diagnosis/causes.yaml")) {
            JsonNode rules = new YAMLMapper().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(rules.spliterator(), false)
                    .map(r -> r.path("cause").asText())
                    .toList();
        }
    }

    @Test
    void theSameSeedGivesTheSameNumbersWithinTheirRanges() {
        var scenario = Scenarios.of("missing_index");
        assertThat(scenario.chosen(new Random(7))).isEqualTo(scenario.chosen(new Random(7)));
        for (int seed = 0; seed < 200; seed++) {
            var rows = Objects.requireNonNull(scenario.chosen(new Random(seed)).get("rows"));
            assertThat(rows).isBetween(120_000L, 250_000L);
        }
        assertThatThrownBy(() -> Scenarios.of("gremlins"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aScriptIsCutIntoActs() {
        var scenario =
                ScenarioFile.read(
                        "x",
                        """
                        -- A title.
                        -- kind: fault
                        -- expect: a, b
                        -- repair: itself
                        -- settings: x=1, y=two
                        -- vary: n 1..2
                        --: setup
                        create table t (id int); insert into t values (1);
                        --: setup loop {n}
                        select ';' from t;
                        --: hold
                        begin;
                        """);
        assertThat(scenario.expected()).containsExactly("a", "b");
        assertThat(scenario.repair()).isEqualTo(Repair.ITSELF);
        assertThat(scenario.settings()).containsEntry("y", "two").hasSize(2);
        assertThat(scenario.acts())
                .extracting(Act::setup, Act::kind, Act::argument, a -> a.statements().size())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(true, Act.Kind.CLIENT, "", 2),
                        org.assertj.core.groups.Tuple.tuple(true, Act.Kind.LOOP, "{n}", 1),
                        org.assertj.core.groups.Tuple.tuple(false, Act.Kind.HOLD, "", 1));
        assertThatThrownBy(() -> ScenarioFile.read("y", "-- A title.\n-- kind: fault"))
                .hasMessageContaining("expect");
    }

    /// Against published values of the score interval.
    @Test
    void intervalsAreThoseOfWilson() {
        assertThat(new Share(10, 10).low()).isCloseTo(0.7225, within(0.001));
        assertThat(new Share(10, 10).high()).isCloseTo(1, within(1e-9));
        assertThat(new Share(0, 20).high()).isCloseTo(0.1611, within(0.001));
        assertThat(new Share(15, 20).low()).isCloseTo(0.5313, within(0.001));
        assertThat(new Share(15, 20).high()).isCloseTo(0.8881, within(0.001));
        assertThatThrownBy(() -> new Share(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void totalsCountWhatWasRunAndTheReportFailsWithTheFirstHarm() {
        var scenarios = List.of(Scenarios.of("dead_rows"), Scenarios.of("lock_chain"));
        var good = grade("dead_rows", Kind.FAULT, Result.RIGHT, true, null);
        var wrong = grade("lock_chain", Kind.FAULT, Result.WRONG, false, null);
        var quiet = grade("decoy_idle_pool", Kind.DECOY, Result.QUIET, true, null);
        var away = Grade.unavailable(Scenarios.of("slow_disk"), "no root");
        var report =
                GameDayReport.of(1, Duration.ZERO, List.of(good, wrong, quiet, away), scenarios);
        assertThat(report.summary().firstRight()).isEqualTo(new Share(1, 2));
        assertThat(report.summary().falseAlarms()).isEqualTo(new Share(0, 1));
        assertThat(report.summary().repairedByItself()).isEqualTo(new Share(1, 1));
        assertThat(report.summary().unavailable()).isEqualTo(1);
        assertThat(report.passed()).isFalse();
        assertThat(
                        GameDayReport.of(1, Duration.ZERO, List.of(good, quiet, away), scenarios)
                                .passed())
                .isTrue();
        var harmed = grade("decoy_idle_pool", Kind.DECOY, Result.QUIET, true, "ended a session");
        assertThat(GameDayReport.of(1, Duration.ZERO, List.of(harmed), scenarios).passed())
                .isFalse();
    }

    private static Grade grade(
            String name, Kind kind, Result result, boolean wanted, @Nullable String harm) {
        return new Grade(
                name,
                kind,
                result,
                Duration.ofSeconds(1),
                "x",
                "words",
                Outcome.VERIFIED,
                Duration.ofSeconds(2),
                true,
                wanted,
                null,
                harm == null ? List.of() : List.of(harm));
    }
}
