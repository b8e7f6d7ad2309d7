package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

import org.jspecify.annotations.Nullable;
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

final class HealthHistoryTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir private Path dir;

    private static Map<String, @Nullable Object> row(Instant at, double tps) {
        var row = HistoryRow.of(TARGET, at, "run");
        row.put("metric_name", MetricName.TPS.id());
        row.put("metric_value", tps);
        row.put("unit", MetricName.TPS.unit());
        return row;
    }

    @Test
    void chartsBeginWithWhatWasStoredBeforeThisProcess() {
        try (var lake = LocalLakehouse.open(dir, CLOCK)) {
            lake.ensureTables(OpsTables.ALL);
            var rows = new ArrayList<Map<String, @Nullable Object>>();
            for (int hour = 30; hour > 0; hour--) {
                rows.add(row(NOW.minus(Duration.ofHours(hour)), hour));
            }
            lake.append(OpsTables.LAKEBASE_METRICS.name(), rows);
            var board = new LiveHealthBoard();
            var history = new HealthHistory(lake, board, CLOCK);
            history.fill(TARGET);
            history.fill(TARGET);
            var day = board.series(TARGET, MetricName.TPS, Duration.ofHours(24));
            assertThat(day).hasSizeBetween(23, 24);
            assertThat(day.getLast()).isEqualTo(new Point(NOW.minus(Duration.ofHours(1)), 1));
            assertThat(board.latest(TARGET)).as("no round was measured yet").isEmpty();

            var measured =
                    new Metric(
                            MetricName.TPS,
                            Observed.live(50.0, NOW),
                            "",
                            Metric.Condition.MEASURED);
            board.record(
                    new HealthBoard.Round(
                            TARGET, NOW, Duration.ZERO, Map.of(MetricName.TPS, measured)),
                    Map.of());
            assertThat(board.series(TARGET, MetricName.TPS, Duration.ofMinutes(90)))
                    .extracting(Point::value)
                    .isEqualTo(List.of(1.0, 50.0));
        }
    }

    @Test
    void aServerIsQuietOnlyWhenItWasMeasuredAllTheTime() {
        var board = new LiveHealthBoard();
        var quiet = new QuietServers(board, CLOCK);
        assertThat(quiet.quiet(TARGET)).as("never measured").isFalse();
        var points = new ArrayList<Point>();
        for (int s = 180; s > 0; s -= 10) {
            points.add(new Point(NOW.minusSeconds(s), 0.0));
        }
        board.seed(TARGET, Map.of(MetricName.TPS, points));
        assertThat(quiet.quiet(TARGET)).isTrue();
        points.set(9, new Point(points.get(9).at(), 12.0));
        board.seed(TARGET, Map.of(MetricName.TPS, points));
        assertThat(quiet.quiet(TARGET)).isFalse();
        board.seed(TARGET, Map.of(MetricName.TPS, points.subList(12, 18)));
        assertThat(quiet.quiet(TARGET)).as("a minute only").isFalse();
    }
}
