package io.lakebaseops.agents.performance.indexes;

import static io.lakebaseops.agents.performance.indexes.SampleCatalog.NOW;
import static io.lakebaseops.agents.performance.indexes.SampleCatalog.ago;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.IndexIdle;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.testing.Patience;

import org.jspecify.annotations.Nullable;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// What is stored of the scans of indexes day by day, and what follows from it.
final class IndexUsageLedgerTest {
    private static final TargetId SHOP = new TargetId("p", "shop", "production");

    @TempDir Path dir;
    private LocalLakehouse lake;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, Clock.fixed(NOW, ZoneOffset.UTC));
        lake.ensureTables(List.of(OpsTables.INDEX_USAGE_HISTORY));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static ToolContext context() {
        return new ToolContext(
                UUID.randomUUID(),
                SHOP,
                Actor.agent("performance"),
                Deadline.in(Patience.LONG),
                Clock.fixed(NOW, ZoneOffset.UTC),
                ToolContext.Progress.SILENT);
    }

    /// The index `i` with so many scans counted, looked at so many days ago.
    private static SampleCatalog day(long daysAgo, long scans) {
        return new SampleCatalog()
                .at(ago(daysAgo))
                .table("t")
                .index("pk", "a", i -> i.scanned(9, ago(110)))
                .index("i", "b", i -> scans == 0 ? i : i.scanned(scans, ago(daysAgo)));
    }

    /// As by another process: nothing is remembered.
    private IndexIdle observe(SampleCatalog picture) {
        var seen = new IndexUsageLedger(lake).observe(picture.build(), context());
        assertThat(seen.problem()).isNull();
        return Objects.requireNonNull(seen.idle().get(picture.indexOid("i")));
    }

    private List<@Nullable Long> scans() {
        return new IndexUsageHistory(lake)
                        .ofTable(
                                SHOP,
                                "db",
                                "s",
                                "t",
                                TimeRange.before(NOW.plusSeconds(1), Duration.ofDays(80)),
                                Deadline.in(Patience.LONG))
                        .get("i")
                        .looks()
                        .stream()
                        .map(l -> l.scans())
                        .toList();
    }

    @Test
    void onceADayTheScansSinceTheLastLookAreStored() {
        observe(day(4, 10));
        observe(day(3, 25));
        observe(day(3, 26).at(ago(3).plusSeconds(3_600)));
        observe(day(2, 31));
        var idle = observe(day(1, 31));
        assertThat(scans()).containsExactly(null, 15L, 6L, 0L);
        assertThat(idle.lastUsed()).isEqualTo(ago(2));
        assertThat(idle.watchedFrom()).isEqualTo(ago(4));
        assertThat(idle.looksBefore()).isEqualTo(2);
        assertThat(idle.looksUsed()).isEqualTo(2);
        assertThat(idle.resets()).isZero();
        assertThat(idle.generatedUntil()).isNull();
    }

    @Test
    void aResetLosesWhatCameBeforeItAndNothingElse() {
        observe(day(4, 0));
        observe(day(3, 0).reset(ago(3).minusSeconds(7_200)));
        var idle = observe(day(2, 0).reset(ago(3).minusSeconds(7_200)));
        assertThat(scans()).containsExactly(null, 0L, 0L);
        assertThat(idle.since()).isEqualTo(ago(4));
        assertThat(idle.resets()).isOne();
        assertThat(idle.unseen()).isEqualTo(Duration.ofHours(22));
        assertThat(idle.seen(ago(3), ago(2))).as("22 of 48 hours are lost").isFalse();

        // Fewer scans than before: the counters were lost, whoever says what.
        observe(day(1, 7));
        observe(day(0, 3));
        assertThat(scans()).containsExactly(null, 0L, 0L, 7L, 3L);
    }

    @Test
    void whatWasGeneratedIsTakenOnByTheFirstRealLookAndSaysSo() {
        var rows = new ArrayList<Map<String, Object>>();
        for (int d = 70; d >= 2; d--) {
            var row = io.lakebaseops.agents.HistoryRow.of(SHOP, ago(d), "generated");
            row.put("source", "simulated");
            row.put("datname", "db");
            row.put("schema_name", "s");
            row.put("table_name", "t");
            row.put("index_name", "i");
            row.put("index_oid", day(0, 0).indexOid("i"));
            row.put("scans", d > 40 ? 5L : 0L);
            row.put("interval_seconds", 86_400.0);
            row.put("unseen_seconds", 0.0);
            row.put("scans_total", (71 - Math.max(d, 41)) * 5L);
            row.put("reset_detected", false);
            rows.add(row);
        }
        lake.append(OpsTables.INDEX_USAGE_HISTORY.name(), rows);
        Instant start = ago(0).minusSeconds(3_600);
        var idle = observe(day(0, 0).started(start).reset(start));
        assertThat(scans()).endsWith(0L, 0L, null);
        assertThat(idle.lastUsed()).isEqualTo(ago(41));
        assertThat(idle.unseen()).as("until the server began to count").hasHours(47);
        assertThat(idle.ended(NOW)).isTrue();
        assertThat(idle.generatedUntil()).isEqualTo(ago(2));

        var verdict =
                new UnusedIndexCheck(
                                day(0, 0).started(start).reset(start).build(),
                                Map.of(),
                                Map.of(day(0, 0).indexOid("i"), idle),
                                Duration.ofDays(7))
                        .judge();
        assertThat(verdict.idle())
                .filteredOn(i -> i.index().row().indexName().equals("i"))
                .singleElement()
                .satisfies(i -> assertThat(i.since()).isEqualTo(ago(41)))
                .satisfies(i -> assertThat(i.grade()).isEqualTo(IdleIndex.Grade.CHECK_THE_CODE));
    }

    @Test
    void whatIsStoredDoesNotGrowWithTheNumberOfIndexes() {
        var picture = new SampleCatalog().table("t");
        for (int i = 0; i < 5_000; i++) {
            int n = i;
            picture.index(
                    "i" + i,
                    "b",
                    f -> n % 10 == 0 ? f.bytes(n) : f.bytes(n * 100L).scanned(n, ago(1)));
        }
        var fake = new FakeLakehouse();
        new IndexUsageLedger(fake).observe(picture.build(), context());
        assertThat(fake.written)
                .hasSize(2 * IndexUsageLedger.MOST)
                .anyMatch(r -> r.get("index_name").equals("i4990"))
                .anyMatch(r -> r.get("index_name").equals("i4999"));
    }

    @Test
    void aHistoryThatFailsCostsNoCheck() {
        var fake = new FakeLakehouse();
        fake.broken =
                new OpsException(
                        OpsException.Kind.INTERNAL,
                        "Reading the history",
                        "disk full",
                        "free some");
        var seen = new IndexUsageLedger(fake).observe(day(0, 0).build(), context());
        assertThat(seen.idle()).isEmpty();
        assertThat(seen.problem()).contains("disk full");
    }
}
