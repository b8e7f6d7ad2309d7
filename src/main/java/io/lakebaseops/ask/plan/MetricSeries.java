package io.lakebaseops.ask.plan;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Source;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One metric over a range, thinned to what a chart can show, with its first, last, lowest and
/// highest value in words.
final class MetricSeries {
    private static final int POINTS = 200;
    private static final double DAY = Duration.ofDays(1).toMillis();

    private MetricSeries() {}

    private record Point(Instant at, double value) {}

    static Found of(MetricName metric, List<Map<String, @Nullable Object>> stored) {
        var points = new ArrayList<Point>();
        boolean simulated = false;
        for (var row : stored) {
            if (row.get("recorded_at") instanceof Instant at
                    && row.get("metric_value") instanceof Number value) {
                points.add(new Point(at, value.doubleValue()));
                simulated |= "simulated".equals(row.get("source"));
            }
        }
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        int every = Math.max(1, points.size() / POINTS);
        for (int i = 0; i < points.size(); i += every) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("at", points.get(i).at());
            row.put("value", points.get(i).value());
            rows.add(row);
        }
        return new Found(
                rows, facts(metric, points), 1, simulated ? Source.SIMULATED : Source.STORED);
    }

    private static Map<String, @Nullable Object> facts(MetricName metric, List<Point> points) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("points", (long) points.size());
        if (points.isEmpty()) {
            return facts;
        }
        var first = points.getFirst();
        var last = points.getLast();
        var high = first;
        var low = first;
        double sum = 0;
        for (var point : points) {
            high = point.value() >= high.value() ? point : high;
            low = point.value() < low.value() ? point : low;
            sum += point.value();
        }
        facts.put("first", Format.of(metric, first.value()).toString());
        facts.put("first_at", first.at());
        facts.put("last", Format.of(metric, last.value()).toString());
        facts.put("last_value", last.value());
        facts.put("last_at", last.at());
        facts.put("highest", Format.of(metric, high.value()).toString());
        facts.put("highest_at", high.at());
        facts.put("lowest", Format.of(metric, low.value()).toString());
        facts.put("mean", Format.of(metric, sum / points.size()).toString());
        double grown = last.value() - first.value();
        facts.put("grown_value", grown);
        facts.put("grown", Format.of(metric, Math.abs(grown)).toString());
        double days = Duration.between(first.at(), last.at()).toMillis() / DAY;
        facts.put(
                "per_day", days > 0 ? Format.of(metric, Math.abs(grown) / days).toString() : null);
        return facts;
    }
}
