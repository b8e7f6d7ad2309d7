package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertReplay;
import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRule.Bad;
import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The last thirty days of one measure: the worst value of each day, and the alerts that limits
/// would have raised.
///
/// @param readings stored ones, oldest first
/// @param generated what of them was generated and not measured; null when nothing was
record ThresholdPast(
        MetricName metric,
        List<Point> readings,
        List<Day> days,
        @Nullable GeneratedHistory generated) {
    ThresholdPast {
        readings = List.copyOf(readings);
        days = List.copyOf(days);
    }

    /// @param worst the highest value of the day, the lowest where low is bad
    record Day(LocalDate date, double worst) {}

    /// @param limits what was replayed
    /// @param words which limits these are: `saved`, `changed`, `default`
    record Replay(String words, Limits limits, AlertReplay.Counts counts) {}

    static ThresholdPast of(
            AlertRule rule,
            List<Point> readings,
            @Nullable GeneratedHistory generated,
            ZoneId zone) {
        Map<LocalDate, Double> worst = new TreeMap<>();
        for (var p : readings) {
            worst.merge(
                    LocalDate.ofInstant(p.at(), zone),
                    p.value(),
                    rule.bad() == Bad.ABOVE ? Math::max : Math::min);
        }
        return new ThresholdPast(
                rule.metric(),
                readings,
                worst.entrySet().stream().map(e -> new Day(e.getKey(), e.getValue())).toList(),
                generated);
    }

    /// Those of equal limits are told once, by the first of their words.
    List<Replay> replays(AlertRule rule, Map<String, Limits> limits) {
        var replays = new ArrayList<Replay>();
        limits.forEach(
                (words, l) -> {
                    if (replays.stream().noneMatch(r -> r.limits().equals(l))) {
                        replays.add(new Replay(words, l, AlertReplay.of(rule.with(l), readings)));
                    }
                });
        return replays;
    }
}
