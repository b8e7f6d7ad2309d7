package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// A watched measure: its value now, where it was in the last day, and how often it rang.
///
/// @param standard with the limits this product comes with
/// @param metric null when it was not measured
/// @param day null when nothing is known of the last day
/// @param object the value now is about; empty for the server as a whole
/// @param alertsHere of this server in 30 days
/// @param alertsEverywhere of all servers in 30 days
record ThresholdLine(
        Watched standard,
        @Nullable Metric metric,
        @Nullable Range day,
        String object,
        long alertsHere,
        long alertsEverywhere) {

    MetricName name() {
        return standard.rule().metric();
    }

    String title() {
        return Texts.of(standard.gauge().title());
    }

    /// Null when it was not measured, or is not to be judged.
    @Nullable Double judged() {
        return metric == null || !metric.judgeable() ? null : metric.value().value();
    }

    @Nullable Double value() {
        return metric == null ? null : metric.value().value();
    }

    record Range(double low, double median, double high) {
        static @Nullable Range of(List<Point> points) {
            if (points.isEmpty()) {
                return null;
            }
            var values = points.stream().mapToDouble(Point::value).toArray();
            Arrays.sort(values);
            return new Range(values[0], values[values.length / 2], values[values.length - 1]);
        }
    }

    /// What happens without a person once the alert is open.
    String byItself() {
        return switch (standard.rule().sop()) {
            case VACUUM_WORST_TABLE -> Texts.of("vacuum");
            case END_IDLE_SESSIONS -> Texts.of("end idle");
            case CAPTURE_LOCK_CHAIN, CAPTURE_BLOCKERS, CAPTURE_SLOW_STATEMENT -> Texts.of("record");
            case ADVISE_CACHE, ADVISE_REPLICATION -> Texts.of("advice");
            case FREEZE_OLDEST -> Texts.of("ask");
        };
    }

    /// The same in a sentence.
    static String sentence(Sop sop) {
        return switch (sop) {
            case VACUUM_WORST_TABLE ->
                    Texts.of("VACUUM (ANALYZE) of that table, if the gate finds low risk");
            case END_IDLE_SESSIONS -> Texts.of("ends sessions idle for more than 30 min");
            case CAPTURE_LOCK_CHAIN -> Texts.of("records who waits for whom");
            case CAPTURE_BLOCKERS -> Texts.of("records the blocking statements");
            case CAPTURE_SLOW_STATEMENT -> Texts.of("records the statement and its plan");
            case ADVISE_CACHE -> Texts.of("names what reads from disk");
            case FREEZE_OLDEST -> Texts.of("files a VACUUM (FREEZE) that a person decides about");
            case ADVISE_REPLICATION -> Texts.of("names what holds the standby back");
        };
    }
}
