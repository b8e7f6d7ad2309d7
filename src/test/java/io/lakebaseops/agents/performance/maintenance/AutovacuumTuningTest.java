package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.maintenance.FullVacuumAdvice.Way;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Tables as a DBA would describe them, and what is proposed for each.
final class AutovacuumTuningTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final long MB = 1 << 20;

    private static AutovacuumTuning.Table table(
            long rows, long bytes, double deadPerHour, @Nullable String factor, boolean enabled) {
        return new AutovacuumTuning.Table(
                "s",
                "t",
                1,
                rows,
                rows / 20,
                bytes,
                (long) (deadPerHour * 24),
                NOW,
                3,
                factor == null ? null : new BigDecimal(factor),
                null,
                0.2,
                50,
                enabled,
                null,
                60,
                0,
                3,
                200,
                2,
                2,
                20,
                true,
                NOW.minus(Duration.ofHours(24)),
                NOW.minus(Duration.ofDays(9)),
                NOW);
    }

    @Test
    void aLargeTableUnderTheUsualShareGetsASmallerOne() {
        var tuning =
                Objects.requireNonNull(
                        AutovacuumTuning.of(table(100_000_000, 20_000 * MB, 500_000, null, true)));

        assertThat(tuning.today().peak()).isGreaterThan(20_000_000);
        assertThat(tuning.proposed().peak()).isLessThan(tuning.today().peak() / 2);
        assertThat(tuning.factor()).isBetween(0.01, 0.1);
        assertThat(tuning.savedBytes()).isGreaterThan(1_000 * MB);
    }

    @Test
    void theShopsStockIsServedEarlierAndASmallTableOften() {
        var stock =
                new AutovacuumTuning.Table(
                        "shop",
                        "inventory",
                        1,
                        20_000,
                        9_000,
                        10 * MB,
                        360_000,
                        null,
                        0,
                        new BigDecimal("2.0"),
                        5_000L,
                        0.2,
                        50,
                        true,
                        null,
                        60,
                        0,
                        3,
                        200,
                        2,
                        2,
                        20,
                        true,
                        NOW.minus(Duration.ofHours(1)),
                        NOW.minus(Duration.ofHours(1)),
                        NOW);
        var tuning = Objects.requireNonNull(AutovacuumTuning.of(stock));

        assertThat(tuning.threshold()).isEqualTo(50);
        assertThat(tuning.today().peak()).isBetween(45_000.0, 50_000.0);
        assertThat(tuning.proposed().peak()).isLessThan(6_000);
        assertThat(tuning.proposed().runsPerDay()).isGreaterThan(tuning.today().runsPerDay());
    }

    @Test
    void whatIsWellServedOffOrUnknownIsLeftAlone() {
        assertThat(AutovacuumTuning.of(table(1_000_000, 200 * MB, 500_000, "0.02", true)))
                .as("begins early already")
                .isNull();
        assertThat(AutovacuumTuning.of(table(1_000_000, 200 * MB, 0, null, true)))
                .as("nothing dies")
                .isNull();
        assertThat(AutovacuumTuning.of(table(1_000_000, 200 * MB, 500_000, null, false)))
                .as("a person switched it off")
                .isNull();
        var young =
                new AutovacuumTuning.Table(
                        "s",
                        "t",
                        1,
                        1_000_000,
                        9,
                        200 * MB,
                        9_000,
                        null,
                        0,
                        null,
                        null,
                        0.2,
                        50,
                        true,
                        null,
                        60,
                        0,
                        3,
                        200,
                        2,
                        2,
                        20,
                        true,
                        NOW.minus(Duration.ofMinutes(5)),
                        NOW,
                        NOW);
        assertThat(AutovacuumTuning.deadPerHour(young)).isNegative();
        assertThat(AutovacuumTuning.of(young)).isNull();
    }

    /// PostgreSQL 18: however large the table, autovacuum waits for no more dead rows than that.
    @Test
    void theMostDeadRowsOfTheServerAreHeeded() {
        var capped = capped(1_000_000_000, 100_000_000L);
        assertThat(AutovacuumTuning.simulate(capped, 4_000_000, 50, 0.2).limit())
                .isEqualTo(100_000_000);
        assertThat(AutovacuumTuning.simulate(capped, 4_000_000, 50, 0.01).limit())
                .isEqualTo(10_000_050);
        // A share of a tenth would change nothing, and a proposal counts from the cap.
        var tuning = AutovacuumTuning.of(capped);
        assertThat(tuning == null ? 0 : tuning.today().limit()).isIn(0.0, 100_000_000.0);
        assertThat(AutovacuumTuning.of(capped(1_000_000_000, 20_000_000L)))
                .as("well served by the cap")
                .isNull();
    }

    private static AutovacuumTuning.Table capped(long rows, long most) {
        var t = table(rows, 200_000 * MB, 4_000_000, null, true);
        return new AutovacuumTuning.Table(
                t.schemaName(),
                t.tableName(),
                t.tableOid(),
                t.liveRows(),
                t.deadRows(),
                t.tableBytes(),
                t.died(),
                t.lastVacuum(),
                t.vacuums(),
                null,
                null,
                t.factor(),
                t.threshold(),
                true,
                most,
                t.napSeconds(),
                0,
                3,
                200,
                2,
                2,
                20,
                true,
                t.statsReset(),
                t.serverStart(),
                t.at());
    }

    private static TableState state(long live, long dead, long bytes) {
        return new TableState(
                "s", "t", 1, null, null, live, dead, 0, 0, 1e9, null, 1e9, 0, null, true, NOW, NOW,
                NOW, bytes, 0, 100, 1, 1, true, false, false, NOW);
    }

    private static Way way(HeapBloat bloat, long dead, long heap, long indexes) {
        return FullVacuumAdvice.of(
                        state(1_000_000, dead, heap),
                        bloat,
                        new FullVacuumAdvice.Parts(heap, indexes, 0),
                        0.3)
                .way();
    }

    @Test
    void fullIsPlannedOnlyWhereNothingCheaperDoes() {
        var half = new HeapBloat(0.65, 0.6, 0.7, false);
        assertThat(way(half, 0, 1_000 * MB, 200 * MB)).isEqualTo(Way.FULL);
        assertThat(way(half, 400_000, 1_000 * MB, 200 * MB))
                .as("dead rows first")
                .isEqualTo(Way.VACUUM_FIRST);
        assertThat(way(new HeapBloat(0.15, 0.1, 0.2, false), 0, 1_000 * MB, 200 * MB))
                .isEqualTo(Way.NOT_WORTH_IT);
        assertThat(way(new HeapBloat(0.15, 0.1, 0.2, false), 0, 100 * MB, 900 * MB))
                .isEqualTo(Way.REINDEX);
        assertThat(way(new HeapBloat(0.375, 0.35, 0.4, false), 0, 100 * MB, 10 * MB))
                .as("40 MB are not worth an outage")
                .isEqualTo(Way.NOT_WORTH_IT);
        assertThat(
                        FullVacuumAdvice.of(
                                        state(1, 0, MB),
                                        null,
                                        new FullVacuumAdvice.Parts(MB, 0, 0),
                                        0.3)
                                .way())
                .isEqualTo(Way.UNKNOWN);
    }
}
