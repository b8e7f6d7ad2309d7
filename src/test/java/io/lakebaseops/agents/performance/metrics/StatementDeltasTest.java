package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.metrics.StatementEntry.Key;
import io.lakebaseops.agents.performance.metrics.StatementSnapshot.KnownText;
import io.lakebaseops.domain.TargetId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

final class StatementDeltasTest {
    private static final Instant BIRTH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant T1 = T0.plusSeconds(300);
    private static final int CALLS = StatementEntry.COUNTS.indexOf("calls");

    private static StatementEntry entry(long queryid, Instant since, double calls) {
        var sums = new double[StatementEntry.SUMS];
        sums[CALLS] = calls;
        sums[StatementEntry.COUNTS.size() + 1] = calls * 2;
        return new StatementEntry(
                new Key(5, 10, queryid, true),
                since,
                sums,
                new double[StatementEntry.AS_READ.size()],
                since);
    }

    private static StatementSnapshot at(Instant at, StatementEntry... entries) {
        return at(at, BIRTH, 0, entries);
    }

    private static StatementSnapshot at(
            Instant at, Instant reset, long evictions, StatementEntry... entries) {
        var map = new LinkedHashMap<Key, StatementEntry>();
        for (var e : entries) {
            map.put(e.key(), e);
        }
        return new StatementSnapshot(at, BIRTH, reset, evictions, 0, map, Map.of());
    }

    private static double calls(StatementDeltas.Change change) {
        return change.delta().sums()[CALLS];
    }

    @Test
    void subtractsWhatWasThereAndLeavesOutWhatDidNothing() {
        var deltas =
                StatementDeltas.between(
                        at(T0, entry(1, BIRTH, 10), entry(2, BIRTH, 7)),
                        at(T1, entry(1, BIRTH, 25), entry(2, BIRTH, 7)));
        assertThat(deltas.changes()).hasSize(1);
        assertThat(calls(deltas.changes().getFirst())).isEqualTo(15);
        assertThat(deltas.changes().getFirst().delta().execTime()).isEqualTo(30);
        assertThat(deltas.changes().getFirst().intervalSeconds()).isEqualTo(300);
        assertThat(deltas.changes().getFirst().reset()).isFalse();
    }

    @Test
    void aNewStatementCountsFromItsBirth() {
        var deltas = StatementDeltas.between(at(T0), at(T1, entry(1, T0.plusSeconds(100), 4)));
        assertThat(calls(deltas.changes().getFirst())).isEqualTo(4);
        assertThat(deltas.changes().getFirst().intervalSeconds()).isEqualTo(200);
        assertThat(deltas.changes().getFirst().reset()).isFalse();
    }

    @Test
    void aResetStatementIsMarkedAndNeverNegative() {
        var deltas =
                StatementDeltas.between(
                        at(T0, entry(1, BIRTH, 1000)), at(T1, entry(1, T0.plusSeconds(200), 3)));
        assertThat(calls(deltas.changes().getFirst())).isEqualTo(3);
        assertThat(deltas.changes().getFirst().reset()).isTrue();
    }

    @Test
    void evictedAndBackWithMoreCallsThanBeforeIsStillARestartOfItsCounters() {
        var deltas =
                StatementDeltas.between(
                        at(T0, entry(1, BIRTH, 10)),
                        at(T1, BIRTH, 3, entry(1, T0.plusSeconds(1), 50)));
        assertThat(calls(deltas.changes().getFirst())).as("not 40").isEqualTo(50);
        assertThat(deltas.changes().getFirst().reset()).isTrue();
        assertThat(deltas.evictions()).isEqualTo(3);
    }

    @Test
    void aCounterThatWentBackwardsBeganAnew() {
        var deltas =
                StatementDeltas.between(at(T0, entry(1, BIRTH, 10)), at(T1, entry(1, BIRTH, 4)));
        assertThat(calls(deltas.changes().getFirst())).isEqualTo(4);
        assertThat(deltas.changes().getFirst().reset()).isTrue();
    }

    @Test
    void anOldEntryWithoutABaseIsNotGuessed() {
        var deltas = StatementDeltas.between(at(T0), at(T1, entry(1, BIRTH, 500)));
        assertThat(deltas.changes()).isEmpty();
        assertThat(deltas.unknown()).isEqualTo(1);
    }

    @Test
    void aResetOfAllIsSeenAndItsEvictionsCannotBeTold() {
        var deltas =
                StatementDeltas.between(
                        at(T0, BIRTH, 9, entry(1, BIRTH, 10), entry(2, BIRTH, 10)),
                        at(T1, T0.plusSeconds(50), 0, entry(1, T0.plusSeconds(60), 2)));
        assertThat(deltas.resetAll()).isTrue();
        assertThat(deltas.evictions()).isEqualTo(-1);
        assertThat(deltas.vanished()).isEqualTo(1);
    }

    @Test
    void ourOwnStatementsAreLeftOut() {
        var now = at(T1, entry(1, BIRTH, 25)).withTexts(Map.of(1L, new KnownText(0, true)));
        assertThat(StatementDeltas.between(at(T0, entry(1, BIRTH, 10)), now).changes()).isEmpty();
    }

    @Test
    void aSnapshotSurvivesTheDisk(@TempDir Path dir) {
        var file = new SnapshotFile(dir);
        var target = new TargetId("p", "Proj ect/ü", "b");
        assertThat(file.current(target)).isEmpty();
        var snapshot =
                at(T0, entry(1, BIRTH, 10), entry(-7, T0, 1))
                        .withTexts(Map.of(1L, new KnownText(20000, false)));
        file.savePending(target, snapshot);
        assertThat(file.current(target)).isEmpty();
        file.commit(target);
        var back = file.current(target).orElseThrow();
        assertThat(file.pending(target)).isEmpty();
        assertThat(back.texts()).isEqualTo(snapshot.texts());
        assertThat(StatementDeltas.between(back, at(T1, entry(1, BIRTH, 12))).changes()).hasSize(1);
    }
}
