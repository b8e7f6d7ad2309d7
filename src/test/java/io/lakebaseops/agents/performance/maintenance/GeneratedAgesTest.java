package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.WaitLoad;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What rests on a generated history says so: rates of ids, vacuums of a table, quiet hours.
final class GeneratedAgesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant MEASURING = NOW.minus(Duration.ofHours(2));
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final TargetId PLAIN = new TargetId("p", "shop", "staging");

    @TempDir Path dir;
    private LocalLakehouse lake;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, Clock.fixed(NOW, ZoneOffset.UTC));
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS, OpsTables.VACUUM_HISTORY));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void ages(TargetId target, Instant until) {
        var rows = new ArrayList<Map<String, Object>>();
        double age = 50e6;
        for (var at = NOW.minus(Duration.ofHours(30)); at.isBefore(NOW); ) {
            at = at.plus(Duration.ofMinutes(20));
            var row = HistoryRow.of(target, at, "r");
            row.put("source", at.isAfter(until) ? "live" : "simulated");
            row.put("metric_name", "txid_age");
            row.put("metric_value", age += 50_000);
            row.put("unit", "transactions");
            rows.add(row);
        }
        lake.append(OpsTables.LAKEBASE_METRICS.name(), rows);
    }

    private CheckTxidWraparoundRisk.Ids transactions(TargetId target) {
        var rates = IdConsumption.rates(lake, target, NOW, Deadline.in(Patience.LONG));
        var database =
                new CheckTxidWraparoundRisk.Database(
                        "shop", true, 60_000_000, 1, 0, 0, 200_000_000, 400_000_000);
        return new IdConsumption(List.of(database), rates, NOW, IdConsumption.Marks.STANDARD)
                .transactions();
    }

    @Test
    void aRateOfGeneratedAgesSaysUntilWhenTheyWereGenerated() {
        ages(SHOP, MEASURING);
        ages(PLAIN, Instant.EPOCH);
        assertThat(transactions(SHOP).perHour()).isNotNull();
        assertThat(transactions(SHOP).generatedUntil()).isEqualTo(MEASURING);
        assertThat(transactions(PLAIN).perHour()).isNotNull();
        assertThat(transactions(PLAIN).generatedUntil()).isNull();
    }

    @Test
    void aVacuumThatNeverRanIsTold() {
        for (var source : List.of("simulated", "live")) {
            var row =
                    HistoryRow.of(SHOP, NOW.minusSeconds(source.equals("live") ? 600 : 9_000), "r");
            row.put("source", source);
            row.put("operation_id", source);
            row.put("schema_name", "shop");
            row.put("table_name", "orders");
            row.put("operation_type", "vacuum");
            row.put("dead_tuples_before", 900L);
            row.put("dead_tuples_after", 0L);
            row.put("duration_seconds", 1.0);
            row.put("status", "succeeded");
            lake.append(OpsTables.VACUUM_HISTORY.name(), List.of(row));
        }
        var monitor = new LiveVacuumMonitor(null, lake, Clock.fixed(NOW, ZoneOffset.UTC));
        var table = SampleVacuum.lost(NOW, "orders");
        assertThat(monitor.history(SHOP, table).runs())
                .extracting(TableHistory.Run::simulated)
                .containsExactly(true, false);
    }

    @Test
    void quietHoursOfAGeneratedHistorySaySo() {
        var weeks = SampleVacuum.weeks(LocalDate.parse("2026-11-27"), 28);
        var half = weeks.slices().get(weeks.slices().size() / 2).from();
        var generated =
                new WaitLoad(
                        weeks.range(),
                        weeks.slices().stream()
                                .map(
                                        s ->
                                                new WaitLoad.Slice(
                                                        s.from(),
                                                        s.until(),
                                                        s.sessions(),
                                                        s.sampledSeconds(),
                                                        !s.from().isAfter(half)))
                                .toList());
        var quiet = QuietHours.of(generated);
        var until = Objects.requireNonNull(quiet.generatedUntil());
        assertThat(until).isEqualTo(half.plus(Duration.ofHours(1)));
        assertThat(quiet.words(until)).endsWith("(from generated history)");
        assertThat(QuietHours.of(weeks).generatedUntil()).isNull();
        assertThat(QuietHours.of(weeks).words(until)).endsWith("UTC");
    }
}
