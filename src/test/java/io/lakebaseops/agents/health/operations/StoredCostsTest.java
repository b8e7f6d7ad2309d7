package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Bills and capacities of which a part was generated say until when.
final class StoredCostsTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
    private static final TargetId SHOP = new TargetId("p", "shop", "production");

    @TempDir Path dir;
    private LocalLakehouse lake;
    private StoredCosts costs;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, Clock.fixed(NOW, ZoneOffset.UTC));
        lake.ensureTables(
                List.of(
                        OpsTables.COST_ATTRIBUTION,
                        OpsTables.LAKEBASE_METRICS,
                        OpsTables.CAPACITY_FORECAST));
        costs = new StoredCosts(_ -> Optional.empty(), lake, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void bill(int daysAgo, String branch, String source) {
        var at = NOW.minus(Duration.ofDays(daysAgo)).plusSeconds(60);
        var row = HistoryRow.of(new TargetId("p", "shop", branch), at, "r");
        row.put("source", source);
        row.put("usage_date", TODAY.minusDays(daysAgo).toString());
        row.put("data_watermark", NOW);
        row.put("usage_type", "COMPUTE_TIME");
        row.put("share_kind", "endpoint");
        row.put("usage_quantity", BigDecimal.ONE);
        row.put("cost", BigDecimal.TEN);
        row.put("currency", "USD");
        lake.append(OpsTables.COST_ATTRIBUTION.name(), List.of(row));
    }

    private Costs costs() {
        return costs.costs(SHOP, Costs.By.BRANCH, null, TODAY.minusDays(9), TODAY);
    }

    @Test
    void aBillThatIsGeneratedInPartIsMarkedToo() {
        bill(1, "production", "live");
        assertThat(costs().generatedUntil()).isNull();
        bill(4, "production", "simulated");
        bill(6, "production", "simulated");
        bill(3, "production", "live");
        assertThat(costs().total()).isEqualByComparingTo("40");
        assertThat(costs().generatedUntil()).isEqualTo(TODAY.minusDays(4));
    }

    @Test
    void aCapacitySaysUntilWhenItsDaysWereGenerated() {
        var made = NOW.minus(Duration.ofDays(2));
        for (int i = 5; i >= 0; i--) {
            var at = NOW.minus(Duration.ofDays(i));
            var row = HistoryRow.of(SHOP, at, "r");
            row.put("source", at.isAfter(made) ? "live" : "simulated");
            row.put("metric_name", "database_size_bytes");
            row.put("metric_value", 1e9 + i);
            row.put("unit", "bytes");
            lake.append(OpsTables.LAKEBASE_METRICS.name(), List.of(row));
        }
        var ahead = HistoryRow.of(SHOP, NOW.minusSeconds(60), "r");
        ahead.put("source", "simulated");
        ahead.put("resource", "connections");
        ahead.put("forecast_for", NOW.plusSeconds(86_400));
        ahead.put("predicted", 0.5);
        lake.append(OpsTables.CAPACITY_FORECAST.name(), List.of(ahead));
        assertThat(costs.capacity(SHOP))
                .extracting(Capacity::name, Capacity::generatedUntil)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("storage", made),
                        org.assertj.core.groups.Tuple.tuple("connections", NOW.minusSeconds(60)),
                        org.assertj.core.groups.Tuple.tuple("transaction_ids", null));
    }
}
