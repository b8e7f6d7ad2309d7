package io.lakebaseops.lakehouse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.WaitInterval.Key;
import io.lakebaseops.lakehouse.history.WaitShares.Dimension;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class WaitHistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T23:58:00Z");
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final Key CPU = key("CPU", null, 7L, "web");
    private static final Key LOCK = key("Lock", "relation", 8L, "batch");

    @TempDir Path dir;
    private LocalLakehouse lake;
    private final List<WaitInterval> memory = new ArrayList<>();
    private WaitHistory history;

    private static Key key(String type, String event, Long queryId, String application) {
        return new Key(type, event, "client backend", "shop", "owner", application, queryId);
    }

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, Clock.fixed(START, ZoneOffset.UTC));
        lake.ensureTables(List.of(OpsTables.WAIT_SAMPLES));
        history = new WaitHistory(lake, _ -> List.copyOf(memory));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static WaitInterval interval(String run, int end, double seconds, Map<Key, Long> seen) {
        return new WaitInterval(run, START.plusSeconds(end), seconds, 1, seen);
    }

    private void write(String source, WaitInterval... intervals) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var interval : intervals) {
            rows.addAll(interval.rows(SHOP, source));
        }
        lake.append(OpsTables.WAIT_SAMPLES.name(), rows);
    }

    private static TimeRange range(int from, int until) {
        return new TimeRange(START.plusSeconds(from), START.plusSeconds(until));
    }

    private static Deadline soon() {
        return Deadline.in(Patience.LONG);
    }

    @Test
    void theLoadIsTheMeanOfTheTimeSampledByClass() {
        write(
                "live",
                interval("a", 10, 10, Map.of(CPU, 20L, LOCK, 5L)),
                interval("a", 20, 10, Map.of(CPU, 10L)),
                interval("a", 30, 10, Map.of()));
        var load = history.load(SHOP, range(0, 60), 3, soon());
        assertThat(load.slices())
                .extracting(WaitLoad.Slice::sampledSeconds)
                .containsExactly(20.0, 10.0, 0.0);
        var first = load.slices().getFirst();
        assertThat(first.sessions())
                .containsEntry(WaitClass.CPU, 1.5)
                .containsEntry(WaitClass.LOCK, 0.25);
        assertThat(first.simulated()).isFalse();
        assertThat(load.slices().get(1).sampled()).as("nobody was active, but we looked").isTrue();
        assertThat(load.slices().get(1).total()).isZero();
        assertThat(load.slices().get(2).sampled()).as("nobody looked").isFalse();
        assertThat(load.mean()).isEqualTo(35.0 / 30);
    }

    @Test
    void anIntervalIsSpreadOverTheSlicesItCovers() {
        write("simulated", interval("sim", 3600, 3600, Map.of(CPU, 7200L)));
        var load = history.load(SHOP, range(0, 3600), 12, soon());
        assertThat(load.slices())
                .allSatisfy(
                        s -> {
                            assertThat(s.sessions().get(WaitClass.CPU)).isCloseTo(2, within(1e-6));
                            assertThat(s.sampledSeconds()).isCloseTo(300, within(1e-3));
                            assertThat(s.simulated()).isTrue();
                        });
        assertThat(history.load(SHOP, range(900, 1800), 1, soon()).mean())
                .isCloseTo(2, within(1e-6));
    }

    @Test
    void twoSamplersOfOneServerAreNotAddedUp() {
        write(
                "live",
                interval("a", 10, 10, Map.of(CPU, 30L)),
                interval("b", 10, 10, Map.of(CPU, 10L)));
        assertThat(history.load(SHOP, range(0, 10), 1, soon()).mean()).isEqualTo(2);
    }

    @Test
    void whatIsNotYetWrittenIsSeenAndNeverTwice() {
        write("live", interval("a", 10, 10, Map.of(CPU, 10L)));
        memory.add(interval("a", 20, 10, Map.of(CPU, 30L)));
        memory.add(interval("a", 30, 10, Map.of(LOCK, 10L)));
        var before = history.load(SHOP, range(0, 30), 3, soon());
        var shares = history.shares(SHOP, range(0, 30), Dimension.STATEMENT, 5, soon());
        // Written while the memory still has them, as when a screen reads in that moment.
        write("live", memory.get(0), memory.get(1));
        assertThat(history.load(SHOP, range(0, 30), 3, soon())).isEqualTo(before);
        assertThat(history.shares(SHOP, range(0, 30), Dimension.STATEMENT, 5, soon()))
                .isEqualTo(shares);
        assertThat(before.slices())
                .extracting(WaitLoad.Slice::total)
                .containsExactly(1.0, 3.0, 1.0);
        assertThat(shares.sampledSeconds()).isEqualTo(30);
        assertThat(shares.shares()).extracting(WaitShares.Share::key).containsExactly("7", "8");
        assertThat(shares.shares().getLast().share(WaitClass.LOCK)).isEqualTo(1);
    }

    @Test
    void theLoadOfOneStatementIsOfAllTheTimeSampled() {
        write(
                "live",
                interval("a", 10, 10, Map.of(CPU, 20L, LOCK, 5L)),
                interval("a", 20, 10, Map.of(CPU, 10L)));
        var load = history.load(SHOP, range(0, 20), 1, 8L, soon());
        assertThat(load.means()).containsEntry(WaitClass.LOCK, 0.25);
        assertThat(load.mean()).isEqualTo(0.25);
    }

    @Test
    void sharesNameTheLargestAndSumUpTheRest() {
        var seen = new HashMap<Key, Long>();
        for (long id = 1; id <= 20; id++) {
            seen.put(key(id % 2 == 0 ? "CPU" : "IO", "x", id, "app" + id % 3), id);
        }
        write("live", interval("a", 10, 10, seen));
        var shares = history.shares(SHOP, range(0, 10), Dimension.STATEMENT, 3, soon());
        assertThat(shares.shares())
                .extracting(WaitShares.Share::key)
                .containsExactly("20", "19", "18", null);
        assertThat(shares.shares().getLast().rest()).isTrue();
        assertThat(shares.total()).isEqualTo(210);
        assertThat(shares.sessions(shares.shares().getFirst())).isEqualTo(2);
        assertThat(history.shares(SHOP, range(0, 10), Dimension.APPLICATION, 9, soon()).shares())
                .extracting(WaitShares.Share::key)
                .containsExactlyInAnyOrder("app0", "app1", "app2");
        assertThat(history.shares(SHOP, range(5, 10), Dimension.ROLE, 9, soon()).total())
                .as("half of the interval")
                .isEqualTo(105);
    }

    @Test
    void gapsAreWhereNobodySampledForLonger() {
        write(
                "live",
                interval("a", 10, 10, Map.of()),
                interval("a", 30, 10, Map.of()),
                interval("b", 100, 10, Map.of(CPU, 1L)));
        memory.add(interval("a", 200, 10, Map.of()));
        assertThat(history.gaps(SHOP, range(-60, 300), Duration.ofSeconds(30), soon()))
                .containsExactly(range(-60, 0), range(30, 90), range(100, 190), range(200, 300));
        assertThat(
                        history.gaps(
                                new TargetId("p", "x", "y"),
                                range(0, 60),
                                Duration.ofSeconds(30),
                                soon()))
                .as("never sampled, but for what memory has")
                .isNotEmpty();
    }

    @Test
    void aServerWithManySessionsKeepsAFewHundredKinds() {
        var seen = new HashMap<Key, Long>();
        for (long id = 0; id < 2000; id++) {
            seen.put(key("CPU", null, id, "web"), 1 + id);
        }
        var kept = interval("a", 10, 10, seen).samples();
        assertThat(kept).hasSize(WaitInterval.MOST_KEYS + 1);
        assertThat(kept.values().stream().mapToLong(v -> v).sum()).isEqualTo(2000 * 2001 / 2);
    }
}
