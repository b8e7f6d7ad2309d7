package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder.Holds;
import io.lakebaseops.agents.performance.maintenance.XminHorizon.Blocker;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Holders and dead rows, and what the end of each would release.
final class HorizonReleaseTest {
    private static final Instant NOW = Instant.parse("2026-11-27T14:00:00Z");

    private static Instant ago(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static TableState table(
            long oid, long dead, @Nullable Instant vacuumed, boolean lost, Instant at) {
        return new TableState(
                "s", "t" + oid, oid, null, null, 100_000, dead, 0, 0, 20_050, null, 10_050, 0, null,
                true, vacuumed, vacuumed, null, 80 << 20, 0, 100, 1, 1, true, false, lost, at);
    }

    private static Blocker session(String pid, long age, long minutes) {
        return new Blocker(
                "session",
                pid,
                "db",
                age,
                minutes * 60.0,
                ago(minutes),
                "kim, db, idle in transaction");
    }

    private static HorizonRelease.Judged judge(List<Blocker> blockers, TableState... tables) {
        return new HorizonRelease(
                        "db", new XminHorizon(blockers), new DeadRowSamples(), 1_000_000, NOW)
                .judge(List.of(tables));
    }

    @Test
    void whatIsLeftAfterAVacuumIsAllHeldAndOnlyTheOldestReleasesIt() {
        var judged =
                judge(
                        List.of(session("77", 50_000, 120), session("78", 10, 1)),
                        table(1, 12_000, ago(5), false, NOW));

        var oldest = judged.holders().getFirst();
        assertThat(oldest.holds()).isEqualTo(Holds.ALONE);
        // Even over two hours, the last minute belongs to the younger session.
        assertThat(oldest.rows()).isBetween(11_800L, 11_950L);
        assertThat(judged.held()).containsEntry(1L, 12_000L);
        assertThat(judged.holders().get(1).holds()).isEqualTo(Holds.BEHIND);
        assertThat(judged.holders().get(1).rows()).isZero();
        // With the older one gone too, all of them go.
        assertThat(judged.holders().get(1).withOlder())
                .isEqualTo(
                        new HorizonHolder.WithOlder(
                                12_000L, judged.holders().get(1).withOlder().bytes(), 1));
        assertThat(oldest.withOlder().rows()).isEqualTo(oldest.rows());
    }

    /// Three one behind the other: each that ends with those before it releases a part more.
    @Test
    void holdersThatEndOneAfterTheOtherReleasePartByPart() {
        var judged =
                judge(
                        List.of(
                                session("77", 50_000, 120),
                                session("78", 20_000, 90),
                                session("79", 10_000, 30)),
                        table(1, 12_000, ago(5), false, NOW));

        assertThat(judged.holders())
                .extracting(h -> Math.round(h.withOlder().rows() / 1_000.0))
                .containsExactly(3L, 9L, 12L);
        assertThat(judged.holders())
                .extracting(h -> h.withOlder().others())
                .containsExactly(0, 1, 2);
        assertThat(judged.holders()).extracting(HorizonHolder::rows).contains(0L);
    }

    @Test
    void whatDiedBeforeItBeganIsNotItsDoing() {
        // Dead rows gathered evenly over four hours, the session is there for one.
        var judged =
                judge(List.of(session("77", 50_000, 60)), table(1, 8_000, ago(240), false, NOW));

        assertThat(judged.holders().getFirst().rows()).isBetween(1_950L, 2_050L);
    }

    @Test
    void whatWasCountedInBetweenDatesTheRowsBetterThanALine() {
        var samples = new DeadRowSamples();
        samples.add(ago(61), 990_000, List.of(table(1, 100, ago(240), false, ago(61))));
        samples.add(ago(59), 990_010, List.of(table(1, 100, ago(240), false, ago(59))));
        var judged =
                new HorizonRelease(
                                "db",
                                new XminHorizon(List.of(session("77", 9_995, 60))),
                                samples,
                                1_000_000,
                                NOW)
                        .judge(List.of(table(1, 8_000, ago(240), false, NOW)));

        assertThat(judged.holders().getFirst().rows()).isEqualTo(7_900);
    }

    @Test
    void aSlotIsDatedByItsTransactionIdAndOneNobodySawBeginIsNotGuessed() {
        var slot = new Blocker("slot", "sync", null, 9_990, null, null, "physical, inactive");
        var samples = new DeadRowSamples();
        samples.add(ago(61), 990_000, List.of(table(1, 100, ago(240), false, ago(61))));
        samples.add(ago(59), 990_020, List.of(table(1, 100, ago(240), false, ago(59))));
        var table = table(1, 5_000, ago(240), false, NOW);

        var seen =
                new HorizonRelease("db", new XminHorizon(List.of(slot)), samples, 1_000_000, NOW)
                        .judge(List.of(table));
        assertThat(seen.holders().getFirst().rows()).isEqualTo(4_900);
        assertThat(seen.since()).isEqualTo(ago(60));

        assertThat(judge(List.of(slot), table).holders().getFirst().rows()).isNull();
    }

    @Test
    void twoAtTheSamePointReleaseNothingAloneAndCatalogSlotsKeepNoRowsOfTables() {
        var catalog =
                new Blocker(
                        "slot", "cdc", null, 60_000, null, null, "logical, active, catalog only");
        var elsewhere =
                new Blocker(
                        "session",
                        "80",
                        "other",
                        70_000,
                        9_000.0,
                        ago(150),
                        "kim, other, idle in transaction");
        var judged =
                judge(
                        List.of(
                                elsewhere,
                                catalog,
                                session("77", 50_000, 120),
                                session("78", 50_000, 100)),
                        table(1, 12_000, ago(5), false, NOW));

        assertThat(judged.holders())
                .extracting(HorizonHolder::holds)
                .containsExactly(
                        Holds.OTHER_DATABASE, Holds.CATALOG, Holds.TOGETHER, Holds.TOGETHER);
        assertThat(judged.holders()).allMatch(h -> h.rows() == null || h.rows() == 0);
        assertThat(judged.holders().getLast().withOlder().rows()).isEqualTo(12_000);
        assertThat(judged.holders().getLast().withOlder().others()).isEqualTo(1);
        assertThat(judged.holders().getFirst().withOlder().rows())
                .as("rows of another database")
                .isZero();
    }

    @Test
    void countersThatBeganAnewTellNothing() {
        var judged = judge(List.of(session("77", 50_000, 120)), table(1, 12_000, null, true, NOW));

        assertThat(judged.holders().getFirst().rows()).isNull();
        assertThat(judged.held()).isEmpty();
    }

    @Test
    void samplesStayOfOneSizeHoweverLongOneLooks() {
        var samples = new DeadRowSamples();
        for (int i = 0; i < 20_000; i++) {
            var at = NOW.plusSeconds(i * 5L);
            samples.add(at, 1_000 + i, List.of(table(1, i, null, false, at)));
        }
        var points = samples.of(1);

        assertThat(points).hasSizeBetween(120, 240);
        assertThat(Duration.between(points.getFirst().at(), points.getLast().at()))
                .isBetween(Duration.ofHours(4), Duration.ofHours(24));
    }

    @Test
    void lateIsCountedFromWhenTheHolderBeganWhereVacuumsInBetweenRemovedNothing() {
        var t = table(1, 200_500, ago(1), false, NOW);

        assertThat(AutovacuumOutlook.overSince(t, ago(100)))
                .as("a tenth of the time to reach a tenth of the rows")
                .isBetween(ago(91), ago(89));
        assertThat(AutovacuumOutlook.overSince(t, null)).isAfter(ago(1));
        assertThat(AutovacuumOutlook.overSince(table(1, 100, ago(1), false, NOW), null)).isNull();
    }
}
