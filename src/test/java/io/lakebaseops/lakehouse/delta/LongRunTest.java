package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Does a lakehouse left to itself for months stay complete, small and bounded?
final class LongRunTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final TableName METRICS = OpsTables.LAKEBASE_METRICS.name();

    @TempDir Path dir;

    @Test
    void a_fortnight_of_half_hour_cycles_is_merged_and_purged() throws IOException {
        // A few days' retention, so that purging takes part in the fortnight.
        run(14, Duration.ofMinutes(30), 5);
    }

    @Test
    void after_a_hundred_days_ninety_remain() throws IOException {
        run(100, Duration.ofHours(6), OpsTables.HISTORY_DAYS);
    }

    private void run(int days, Duration cycle, int retentionDays) throws IOException {
        var clock = new TestClock(START);
        var def = OpsTables.LAKEBASE_METRICS;
        long cyclesPerDay = DAY.dividedBy(cycle);
        try (var lake = LocalLakehouse.open(dir, clock, MaintenancePolicy.DEFAULT, false)) {
            lake.ensureTables(
                    List.of(
                            new TableDef(
                                    METRICS,
                                    "",
                                    def.columns(),
                                    def.partitionedBy(),
                                    retentionDays)));
            long expired = 0;
            int mostLogFiles = 0;
            for (int day = 0; day < days; day++) {
                for (int i = 0; i < cyclesPerDay; i++) {
                    lake.append(
                            METRICS,
                            List.of(
                                    AppendAndQueryTest.metric(clock.instant(), "tps", 1.0 * i),
                                    AppendAndQueryTest.metric(clock.instant(), "txid_age", 5)));
                    clock.advance(cycle);
                }
                expired +=
                        lake.maintain(METRICS, "r", Deadline.in(Duration.ofMinutes(10)))
                                .rowsExpired();
                mostLogFiles = Math.max(mostLogFiles, count("_delta_log"));
            }

            long all = 2L * days * cyclesPerDay;
            // The row of the cutoff's own instant is kept.
            long kept = 2L * retentionDays * cyclesPerDay;
            assertThat(lake.rowCount(METRICS)).isEqualTo(kept).isEqualTo(all - expired);
            var facts = lake.facts(METRICS);
            assertThat(facts.files()).isLessThanOrEqualTo(retentionDays + 1);
            assertThat(count("date="))
                    .as("a day of grace at most lies around")
                    .isLessThan((int) (retentionDays + 4 + 2 * cyclesPerDay + 2));
            assertThat(mostLogFiles)
                    .as("two days of log and a checkpoint interval")
                    .isLessThan((int) (4 * (cyclesPerDay + 1) + 150));
            var rows =
                    lake.query(
                                    new LakeQuery(
                                            "span",
                                            "SELECT count(*) AS n, min(recorded_at) AS first,"
                                                    + " count(DISTINCT date) AS days"
                                                    + " FROM {lakebase_metrics}"),
                                    Map.of(),
                                    ReadScope.ALL,
                                    Deadline.in(Duration.ofMinutes(2)))
                            .list();
            assertThat(rows)
                    .containsExactly(
                            Map.of(
                                    "n",
                                    kept,
                                    "first",
                                    clock.instant().minus(DAY.multipliedBy(retentionDays)),
                                    "days",
                                    (long) retentionDays));
        }
    }

    private int count(String part) throws IOException {
        var table = TablePaths.below(dir.resolve("ops_catalog"), METRICS);
        try (var files = Files.walk(table)) {
            return (int)
                    files.filter(Files::isRegularFile)
                            .filter(f -> f.toString().contains(part))
                            .count();
        }
    }
}
