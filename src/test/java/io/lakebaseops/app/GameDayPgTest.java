package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.console.Practice;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.gameday.GameDay;
import io.lakebaseops.gameday.GameDayReport;
import io.lakebaseops.gameday.Grade;
import io.lakebaseops.gameday.Scenario;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Patience;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// The game day itself, on one Local Lakebase: a sample of faults and decoys in every build, all of
/// them with -Dnightly, where the whole table is printed.
final class GameDayPgTest {
    /// Nothing that is told from rates: those need rounds of measuring.
    private static final List<String> SAMPLE =
            List.of(
                    "idle_transaction",
                    "prepared_transaction",
                    "dead_rows",
                    "sequence_end",
                    "token_expired",
                    "slow_disk",
                    "decoy_open_transaction",
                    "decoy_small_dead_table");

    @TempDir private Path home;

    @Test
    void faultsAreNamedAndDealtWithAndDecoysLeftAlone() {
        boolean all = "all".equals(System.getProperty("lakebaseops.gameday"));
        List<Scenario> scenarios =
                all ? Scenarios.all() : SAMPLE.stream().map(Scenarios::of).toList();
        var pace =
                all ? GameDay.Pace.USUAL : new GameDay.Pace(Duration.ZERO, Duration.ofSeconds(1));
        var local =
                LocalOptions.defaults()
                        .withDemo(LocalOptions.Demo.NONE, false)
                        .withTokenTtl(Duration.ofSeconds(60));
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var started = Instant.now();
        try (var wiring = new Wiring(new Home(home), local)) {
            GameDayReport.printHead(out);
            var grades =
                    new GameDay(GameDayGround.graded(wiring), 1, pace)
                            .run(scenarios, grade -> GameDayReport.print(grade, out));
            var report =
                    GameDayReport.of(
                            1, Duration.between(started, Instant.now()), grades, scenarios);
            report.printTotals(out);
            assertThat(report.summary().harm()).isEmpty();
            assertThat(report.summary().broken()).isZero();
            if (all) {
                assertThat(report.summary().firstRight().value()).isGreaterThanOrEqualTo(0.9);
                assertThat(report.summary().falseAlarms().value()).isLessThanOrEqualTo(0.05);
                return;
            }
            assertThat(grades)
                    .allSatisfy(
                            g ->
                                    assertThat(g.result())
                                            .as(g.name() + ": " + g.answer())
                                            .isIn(
                                                    Grade.Result.RIGHT,
                                                    Grade.Result.REPAIRED,
                                                    Grade.Result.QUIET,
                                                    Grade.Result.UNAVAILABLE));
            assertThat(
                            grades.stream()
                                    .filter(g -> g.result() == Grade.Result.UNAVAILABLE)
                                    .map(Grade::name))
                    .containsExactly("slow_disk");
            assertThat(report.summary().repairedByItself().hits())
                    .as("dead rows are vacuumed without asking, and verified")
                    .isEqualTo(1);
            practised(wiring);
        }
    }

    /// As from the console: somebody works on a server with a fault, and is told what it was.
    private static void practised(Wiring wiring) {
        var random = new Random(1);
        var practice =
                new PracticeServer(
                        wiring, () -> Scenarios.of("sequence_end"), random, Duration.ZERO);
        var target = practice.begin();
        assertThat(practice.state()).isInstanceOf(Practice.State.On.class);
        assertThatThrownBy(practice::begin).hasMessageContaining("one goes on already");
        var product = new WiredProduct(wiring, target);
        Awaitility.await()
                .atMost(Patience.LONG)
                .untilAsserted(
                        () ->
                                assertThat(product.diagnose().cause())
                                        .isEqualTo("sequence_near_end"));
        var told = practice.end();
        assertThat(told.title()).isEqualTo(Scenarios.of("sequence_end").title());
        assertThat(told.fault()).isTrue();
        assertThat(told.causes()).containsExactly("sequence_near_end");
        assertThat(told.diagnosed()).isNotNull();
        assertThat(told.named()).isEqualTo("sequence_near_end");
        assertThat(told.repaired()).as("nobody repaired it").isNull();
        assertThat(practice.state()).isEqualTo(new Practice.State.Off());
        var plane = wiring.connections().of(target).orElseThrow();
        assertThat(plane.project(target.project(), Deadline.in(Patience.LONG)))
                .as("the server is thrown away")
                .isEmpty();
        assertThatThrownBy(practice::end).hasMessageContaining("none goes on");
        for (int i = 0; i < 200; i++) {
            var any = PracticeServer.any(random);
            assertThat(any.standby()).isFalse();
            assertThat(any.warmUp()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
    }
}
