package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Round;
import io.lakebaseops.domain.MetricName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The last hours of rounds as plain arrays: 1.3 MB per target instead of objects by the hundred
/// thousand. A value that was not available is a gap.
final class RoundRing {
    /// Six hours of rounds every five seconds, and room for the job's rounds between them.
    static final int CAPACITY = 6 * 720 + 6 * 12 + 8;

    private final long[] millis = new long[CAPACITY];
    private final Map<MetricName, double[]> values = new EnumMap<>(MetricName.class);
    private long written;

    synchronized void add(Round round) {
        int at = (int) (written % CAPACITY);
        millis[at] = round.at().toEpochMilli();
        for (var name : MetricName.values()) {
            var metric = round.metrics().get(name);
            var value = metric == null ? null : metric.value().value();
            if (value == null && !values.containsKey(name)) {
                continue;
            }
            column(name)[at] = value == null ? Double.NaN : value;
        }
        written++;
    }

    synchronized List<Point> series(MetricName metric, Duration back) {
        var column = values.get(metric);
        var points = new ArrayList<Point>();
        if (column == null || written == 0) {
            return points;
        }
        long newest = millis[(int) ((written - 1) % CAPACITY)];
        for (long i = Math.max(0, written - CAPACITY); i < written; i++) {
            int at = (int) (i % CAPACITY);
            if (newest - millis[at] <= back.toMillis() && !Double.isNaN(column[at])) {
                points.add(new Point(Instant.ofEpochMilli(millis[at]), column[at]));
            }
        }
        return points;
    }

    private double[] column(MetricName name) {
        return values.computeIfAbsent(name, _ -> unknown());
    }

    private static double[] unknown() {
        var column = new double[CAPACITY];
        Arrays.fill(column, Double.NaN);
        return column;
    }
}
