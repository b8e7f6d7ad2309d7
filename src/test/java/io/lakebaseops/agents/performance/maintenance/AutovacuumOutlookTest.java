package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tables between two vacuums, and when the next one is due.
final class AutovacuumOutlookTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final XminHorizon FREE = new XminHorizon(List.of());

    private static TableState state(
            long dead,
            long inserted,
            long changed,
            @Nullable Instant vacuumed,
            boolean on,
            boolean lost) {
        return new TableState(
                "s", "t", 1, null, null, 100_000, dead, inserted, changed, 20_050, 21_000.0, 10_050,
                0, null, on, vacuumed, vacuumed, null, 100 << 20, 0, 100, 1, 1, true, false, lost,
                NOW);
    }

    @Test
    void theNextRunFollowsFromTheRateSinceTheLast() {
        var o =
                AutovacuumOutlook.of(
                        "db",
                        state(5_000, 0, 1_000, NOW.minus(Duration.ofHours(2)), true, false),
                        FREE);

        // 2,500 an hour, 15,050 to go.
        assertThat(o.nextVacuum()).isBetween(NOW.plusSeconds(21_600), NOW.plusSeconds(21_700));
        assertThat(o.nextAnalyze())
                .isBetween(NOW.plus(Duration.ofHours(18)), NOW.plus(Duration.ofHours(19)));
        assertThat(o.share()).isBetween(0.24, 0.25);
        assertThat(o.stops()).isNull();
    }

    @Test
    void theInsertRuleMayComeFirstAndAReachedLimitIsNow() {
        var first = NOW.minus(Duration.ofHours(1));
        assertThat(
                        AutovacuumOutlook.of("db", state(10, 20_000, 0, first, true, false), FREE)
                                .nextVacuum())
                .isBetween(NOW, NOW.plusSeconds(200));
        assertThat(
                        AutovacuumOutlook.of("db", state(30_000, 0, 0, first, true, false), FREE)
                                .nextVacuum())
                .isEqualTo(NOW);
    }

    @Test
    void aTableVacuumedEveryMinuteIsForetoldFromWhatItCountedAndAQuietOneIsNot() {
        var minute = NOW.minus(Duration.ofMinutes(1));
        // A quarter of the limit within a minute: three more to go.
        assertThat(
                        AutovacuumOutlook.of("db", state(5_013, 0, 0, minute, true, false), FREE)
                                .nextVacuum())
                .isBetween(NOW.plusSeconds(170), NOW.plusSeconds(190));
        assertThat(
                        AutovacuumOutlook.of("db", state(40, 0, 0, minute, true, false), FREE)
                                .nextVacuum())
                .as("forty rows in a minute are no rate")
                .isNull();
    }

    @Test
    void whatIsUnknownOffOrHeldIsSaid() {
        assertThat(
                        AutovacuumOutlook.of("db", state(5_000, 0, 0, null, true, false), FREE)
                                .nextVacuum())
                .as("nobody knows since when")
                .isNull();
        var hour = NOW.minus(Duration.ofHours(1));
        var off = AutovacuumOutlook.of("db", state(5_000, 0, 0, hour, false, false), FREE);
        assertThat(off.nextVacuum()).isNull();
        assertThat(off.stops()).isEqualTo("autovacuum is off for it");
        var lost = AutovacuumOutlook.of("db", state(5_000, 0, 0, hour, true, true), FREE);
        assertThat(lost.nextVacuum()).isNull();
        var held =
                new XminHorizon(
                        List.of(
                                new XminHorizon.Blocker(
                                        "session",
                                        "77",
                                        "db",
                                        50_000,
                                        9_000.0,
                                        NOW.minusSeconds(9_000),
                                        "kim, db, idle in transaction")));
        assertThat(AutovacuumOutlook.of("db", state(5_000, 0, 0, hour, true, false), held).stops())
                .contains("session 77");
        assertThat(
                        AutovacuumOutlook.of("other", state(5_000, 0, 0, hour, true, false), held)
                                .stops())
                .as("another database's rows are not held")
                .isNull();
    }
}
