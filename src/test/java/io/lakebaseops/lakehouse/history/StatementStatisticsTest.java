package io.lakebaseops.lakehouse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.StatementTotals.Dimension;
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
import java.util.Set;

final class StatementStatisticsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final TimeRange HOUR = TimeRange.before(NOW, Duration.ofHours(1));

    @TempDir Path dir;
    private LocalLakehouse lake;
    private StatementStatistics statistics;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, Clock.fixed(NOW, ZoneOffset.UTC));
        lake.ensureTables(OpsTables.ALL);
        statistics = new StatementStatistics(lake);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static Deadline soon() {
        return Deadline.in(Patience.LONG);
    }

    private Map<String, Object> row(
            long id, int minutesAgo, double seconds, long calls, double mean) {
        var row = new HashMap<String, Object>();
        row.put("project_id", "shop");
        row.put("branch_id", "production");
        row.put("recorded_at", NOW.minus(Duration.ofMinutes(minutesAgo)));
        row.put("run_id", "r");
        row.put("source", "live");
        row.put("interval_seconds", seconds);
        row.put("dbid", 5L);
        row.put("datname", "shop");
        row.put("userid", 10L);
        row.put("rolname", id % 2 == 0 ? "web" : "batch");
        row.put("queryid", id);
        row.put("toplevel", true);
        row.put("calls", calls);
        row.put("total_exec_time", calls * mean);
        row.put("stddev_exec_time", 0.5);
        row.put("rows", calls);
        row.put("shared_blks_hit", calls * 3);
        row.put("shared_blks_read", calls);
        row.put("temp_blks_read", 0L);
        row.put("temp_blks_written", calls * 2);
        row.put("wal_bytes", calls * 100);
        row.put("reset_detected", false);
        rows.add(row);
        return row;
    }

    private void write() {
        lake.append(OpsTables.PG_STAT_HISTORY.name(), rows);
        rows.clear();
    }

    private StatementTotals totals(int keys) {
        return statistics.totals(SHOP, HOUR, Dimension.STATEMENT, keys, soon());
    }

    @Test
    void theDearestStatementsComeWithTheirTextsAndAllOthersAreOneRow() {
        for (long id = 1; id <= 5; id++) {
            row(id, 30, 300, 10, id);
        }
        row(6, 30, 300, 1000, 50).put("toplevel", false);
        write();
        lake.append(
                OpsTables.QUERY_TEXT.name(),
                List.of(
                        Map.of(
                                "project_id", "shop",
                                "branch_id", "production",
                                // Written when first seen, long before the range.
                                "recorded_at", NOW.minus(Duration.ofDays(40)),
                                "run_id", "r",
                                "source", "live",
                                "queryid", 5L,
                                "query", "select $1")));
        var totals = totals(2);
        assertThat(totals.rows()).extracting(r -> r.queryId()).containsExactly(5L, 4L);
        assertThat(totals.rows().getFirst().query()).isEqualTo("select $1");
        assertThat(totals.rows().getFirst().spreadMillis()).isEqualTo(0.5);
        assertThat(totals.statements()).isEqualTo(5);
        assertThat(totals.rest().execMillis()).isCloseTo(60, within(1e-9));
        assertThat(totals.all().execMillis())
                .as("a statement inside a function is part of its caller")
                .isCloseTo(150, within(1e-9));
        var work = totals.rows().getFirst().work();
        assertThat(List.of(work.calls(), work.rows(), work.blocksHit(), work.blocksRead()))
                .containsExactly(10.0, 10.0, 30.0, 10.0);
        assertThat(List.of(work.tempBlocks(), work.walBytes(), work.meanMillis()))
                .containsExactly(20.0, 1000.0, 5.0);
        assertThat(totals(5).rest()).isNull();
    }

    @Test
    void aChangeIsOneOnlyWhenItIsMoreThanTheUsualScatter() {
        for (int i = 0; i < 12; i++) {
            double noise = i % 2 == 0 ? 1.1 : 0.9;
            row(1, 5 * i, 300, 100, 20 * noise);
            row(1, 60 + 5 * i, 300, 100, 10 * noise);
            // Its mean rises by a third, but single intervals differ by far more.
            row(2, 5 * i, 300, 100, i == 3 ? 60 : 10);
            row(2, 60 + 5 * i, 300, 100, i == 4 ? 20 : 10);
            // Certain, but too small to matter.
            row(3, 5 * i, 300, 100, 10.5);
            row(3, 60 + 5 * i, 300, 100, 10);
            row(4, 5 * i, 300, 100, 10);
        }
        write();
        var changes = new HashMap<Long, StatementTotals.Change>();
        totals(10).rows().forEach(r -> changes.put(r.queryId(), r.change()));
        assertThat(changes.get(1L).significant()).isTrue();
        assertThat(changes.get(1L).ratio()).isCloseTo(1.0, within(1e-9));
        assertThat(changes.get(2L).significant()).isFalse();
        assertThat(changes.get(2L).ratio()).isGreaterThan(0.2);
        assertThat(changes.get(3L).significant()).isFalse();
        assertThat(changes.get(4L).ratio()).as("it did not run before").isNull();
    }

    @Test
    void oneIntervalProvesNothing() {
        row(1, 10, 300, 100_000, 50);
        row(1, 70, 300, 100_000, 10);
        write();
        assertThat(totals(5).rows().getFirst().change().significant()).isFalse();
    }

    @Test
    void rolesAndDatabasesAreSummedUpTheSameWay() {
        for (long id = 1; id <= 4; id++) {
            row(id, 30, 300, 10, id);
        }
        write();
        var roles = statistics.totals(SHOP, HOUR, Dimension.ROLE, 5, soon());
        assertThat(roles.rows()).extracting(r -> r.key()).containsExactly("web", "batch");
        assertThat(roles.rows().getFirst().work().execMillis()).isEqualTo(60);
        assertThat(statistics.totals(SHOP, HOUR, Dimension.DATABASE, 5, soon()).rows()).hasSize(1);
    }

    @Test
    void whatIsComparedWithAGeneratedRangeSaysSo() {
        row(1, 90, 300, 100, 4).put("source", "simulated");
        row(2, 90, 300, 100, 4);
        row(1, 30, 300, 100, 8);
        row(2, 30, 300, 100, 8);
        write();
        assertThat(totals(5).rows())
                .allSatisfy(r -> assertThat(r.simulated()).isFalse())
                .allSatisfy(r -> assertThat(r.change().simulated()).isEqualTo(r.key().equals("1")));
    }

    @Test
    void aTrendSpreadsCoarseIntervalsAndTellsResetAndSource() {
        row(1, 0, 3600, 120, 10).put("source", "simulated");
        row(2, 30, 300, 100, 4).put("reset_detected", true);
        row(2, 0, 300, 50, 4);
        write();
        var trends = statistics.trends(SHOP, Set.of(1L, 2L, 3L), HOUR, 12, soon());
        assertThat(trends).containsOnlyKeys(1L, 2L);
        assertThat(trends.get(1L).slices())
                .hasSize(12)
                .allSatisfy(
                        s -> {
                            assertThat(s.work().calls()).isCloseTo(10, within(1e-3));
                            assertThat(s.simulated()).isTrue();
                        });
        var second = trends.get(2L).slices();
        assertThat(second)
                .extracting(s -> s.from())
                .containsExactly(
                        NOW.minus(Duration.ofMinutes(35)), NOW.minus(Duration.ofMinutes(5)));
        assertThat(second).extracting(s -> s.reset()).containsExactly(true, false);
        assertThat(second.getFirst().work().meanMillis()).isCloseTo(4, within(1e-9));
    }

    @Test
    void gapsAreToldFromIntervalsInWhichNothingWasStored() {
        row(1, 50, 300, 1, 1);
        row(1, 45, 300, 1, 1);
        row(2, 10, 300, 1, 1);
        write();
        assertThat(statistics.gaps(SHOP, HOUR, Duration.ofMinutes(6), soon()))
                .containsExactly(
                        new TimeRange(
                                NOW.minus(Duration.ofMinutes(45)),
                                NOW.minus(Duration.ofMinutes(15))),
                        new TimeRange(NOW.minus(Duration.ofMinutes(10)), NOW));
    }
}
