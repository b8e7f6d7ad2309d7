package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryMaintenance;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.RollupReport;
import io.lakebaseops.lakehouse.StatementRollup;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.StatementTotals;
import io.lakebaseops.lakehouse.history.StatementTotals.Dimension;
import io.lakebaseops.lakehouse.history.StatementTrend;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// The same history twice, one with sums and one without: both must tell the same.
final class StatementRollupTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final Comparator<Double> CLOSE =
            (a, b) -> Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)) ? 0 : Double.compare(a, b);

    @TempDir Path dir;
    private final TestClock clock = new TestClock(FIRST.plus(Duration.ofHours(6 * 24 + 9)));
    private final Random random = new Random(7);
    private LocalLakehouse summed;
    private LocalLakehouse plain;

    private record Answers(List<StatementTotals> totals, List<Map<Long, StatementTrend>> trends) {}

    @BeforeEach
    void open() {
        summed =
                LocalLakehouse.open(dir.resolve("summed"), clock, MaintenancePolicy.DEFAULT, false);
        plain = LocalLakehouse.open(dir.resolve("plain"), clock, MaintenancePolicy.DEFAULT, false);
        for (var lake : List.of(summed, plain)) {
            lake.ensureTables(OpsTables.ALL);
        }
        for (int day = 0; day < 7; day++) {
            append(day(day));
        }
    }

    @AfterEach
    void close() {
        summed.close();
        plain.close();
    }

    @Test
    void sumsTellWhatTheRowsTellHoweverARangeIsCutAndWhateverCameLate() {
        assertSame("no sums yet");
        assertThat(maintained()).extracting(RollupReport::made).containsExactly(6, 6);
        assertSame("today is read row by row, everything else from sums");
        assertThat(maintained()).extracting(RollupReport::made).containsExactly(0, 0);

        append(List.of(row("shop", 1, FIRST.plus(Duration.ofMinutes(3 * 1440 + 65)), 300, "live")));
        assertSame("a row that came late counts before its day is summed up anew");
        assertThat(maintained()).extracting(RollupReport::made).containsExactly(1, 1);
        assertSame("and after");
    }

    @Test
    void rowsThatExpireLeaveTheSumsToo() {
        maintained();
        clock.advance(Duration.ofDays(OpsTables.HISTORY_DAYS - 5).plusMinutes(17));
        for (var lake : List.of(summed, plain)) {
            lake.maintain(OpsTables.PG_STAT_HISTORY.name(), "run", soon());
        }
        assertSame("a day that lost a part of its rows is read row by row");
        assertThat(maintained()).extracting(RollupReport::removed).containsExactly(1, 1);
        assertSame("and from sums again");
    }

    @Test
    void aDayThatIsWhollyInsideIsNotReadRowByRow() throws IOException {
        maintained();
        var range = new TimeRange(at(2, 7, 10), at(5, 3, 25));
        var before = answers(summed, List.of(range));
        for (var file :
                summed.files(OpsTables.PG_STAT_HISTORY.name(), Map.of("date", "2026-03-04"))) {
            Files.delete(Path.of(file));
        }
        same("its file is not even opened", answers(summed, List.of(range)), before);
    }

    @Test
    void sumsThatSomebodyWroteAnewAreNotTrusted() {
        maintained();
        var removed =
                summed.remove(
                        StatementRollup.DAILY_TABLE.name(),
                        Map.of("date", "2026-03-03"),
                        "source",
                        Set.of("simulated"),
                        soon());
        assertThat(removed).isPositive();
        assertSame("rows taken out of a file of sums");
        assertThat(maintained()).extracting(RollupReport::made).containsExactly(0, 1);
        assertSame("made anew");
    }

    private List<RollupReport> maintained() {
        var result = new HistoryMaintenance(summed).run("run", soon());
        assertThat(result.failures()).isEmpty();
        assertThat(result.rollups()).extracting(RollupReport::left).containsOnly(0);
        return result.rollups();
    }

    private void assertSame(String why) {
        var ranges = new ArrayList<TimeRange>();
        ranges.add(new TimeRange(at(0, 0, 0), at(6, 0, 0)));
        ranges.add(new TimeRange(at(3, 0, 0), at(6, 9, 0)));
        ranges.add(new TimeRange(at(2, 5, 0), at(3, 0, 0)));
        for (int i = 0; i < 4; i++) {
            int from = random.nextInt(6 * 1440);
            int length = 30 + random.nextInt(6 * 1440);
            var begin = FIRST.plus(Duration.ofMinutes(from)).plusMillis(random.nextInt(3) * 250L);
            ranges.add(new TimeRange(begin, begin.plus(Duration.ofMinutes(length))));
        }
        same(why, answers(summed, ranges), answers(plain, ranges));
    }

    private static void same(String why, Answers found, Answers wanted) {
        assertThat(wanted.totals()).anySatisfy(t -> assertThat(t.rows()).isNotEmpty());
        assertThat(found)
                .as(why)
                .usingRecursiveComparison()
                .withComparatorForType(CLOSE, Double.class)
                .isEqualTo(wanted);
    }

    private static Answers answers(LocalLakehouse lake, List<TimeRange> ranges) {
        var statistics = new StatementStatistics(lake);
        var totals = new ArrayList<StatementTotals>();
        var trends = new ArrayList<Map<Long, StatementTrend>>();
        for (var range : ranges) {
            totals.add(statistics.totals(SHOP, range, Dimension.STATEMENT, 3, soon()));
            int slices = List.of(7, 30, 1).get(trends.size() % 3);
            trends.add(statistics.trends(SHOP, Set.of(1L, 3L, 4L), range, slices, soon()));
        }
        return new Answers(totals, trends);
    }

    private static Deadline soon() {
        return Deadline.in(Patience.LONG);
    }

    private static Instant at(int day, int hour, int minute) {
        return FIRST.plus(Duration.ofMinutes(day * 1440L + hour * 60L + minute));
    }

    private void append(List<Map<String, Object>> rows) {
        for (var lake : List.of(summed, plain)) {
            lake.append(OpsTables.PG_STAT_HISTORY.name(), rows);
        }
    }

    /// Two projects of one branch name; one is measured at full minutes, the other half a second
    /// later, and now and then an interval is three hours long.
    private List<Map<String, Object>> day(int day) {
        var rows = new ArrayList<Map<String, Object>>();
        for (int minute = 0; minute < (day == 6 ? 540 : 1440); minute += 20) {
            for (long id = 1; id <= 4; id++) {
                boolean late = random.nextInt(15) == 0;
                var at = FIRST.plus(Duration.ofMinutes(day * 1440L + minute));
                var source = day < 2 || day == 2 && minute < 600 ? "simulated" : "live";
                rows.add(
                        row(
                                "shop",
                                id,
                                id == 4 ? at : at.plusMillis(500),
                                late ? 10800 : 1200,
                                source));
                rows.add(row("other", id, at, 1200, "live"));
            }
        }
        return rows;
    }

    private Map<String, Object> row(
            String project, long id, Instant at, double seconds, String source) {
        long calls = random.nextInt(1, 50);
        var row = new HashMap<String, Object>();
        row.put("project_id", project);
        row.put("branch_id", "production");
        row.put("recorded_at", at);
        row.put("run_id", "r");
        row.put("source", source);
        row.put("interval_seconds", seconds);
        row.put("dbid", 5L);
        row.put("datname", id == 3 ? null : "shop");
        row.put("userid", 10L);
        row.put("rolname", random.nextBoolean() ? "web" : "batch");
        row.put("queryid", id);
        row.put("toplevel", random.nextInt(20) > 0);
        row.put("calls", random.nextInt(20) > 0 ? calls : 0);
        row.put("total_exec_time", calls * (random.nextInt(800) / 8.0));
        row.put("stddev_exec_time", (at.getEpochSecond() / 60 % 977) / 8.0);
        row.put("rows", calls);
        row.put("shared_blks_hit", calls * 3);
        row.put("shared_blks_read", random.nextBoolean() ? calls : null);
        row.put("temp_blks_read", 0L);
        row.put("temp_blks_written", calls * 2);
        row.put("wal_bytes", calls * 100);
        row.put("reset_detected", random.nextInt(40) == 0);
        return row;
    }
}
