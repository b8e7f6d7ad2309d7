package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.gameday.GameDay;
import io.lakebaseops.gameday.GameDayReport;
import io.lakebaseops.gameday.Grade;
import io.lakebaseops.gameday.Scenario;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.local.LocalOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
                    new GameDay(new GameDayGround(wiring), 1, pace)
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
        }
    }
}
