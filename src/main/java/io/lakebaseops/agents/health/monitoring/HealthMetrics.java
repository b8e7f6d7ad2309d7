package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;

import java.util.EnumMap;
import java.util.Map;

/// All metrics of one round, derived by their definitions, and the objects they are about.
record HealthMetrics(Map<MetricName, Metric> metrics, Map<MetricName, Subject> subjects) {

    static HealthMetrics of(MetricDefinitions definitions, ReadingInterval interval) {
        var metrics = new EnumMap<MetricName, Metric>(MetricName.class);
        var subjects = new EnumMap<MetricName, Subject>(MetricName.class);
        for (var definition : definitions.all()) {
            var derived = definition.derivation().rule().apply(interval);
            metrics.put(definition.name(), derived.as(definition.name(), interval.now().at()));
            if (derived instanceof Derived.Value v && v.subject() != null) {
                subjects.put(definition.name(), v.subject());
            }
        }
        return new HealthMetrics(metrics, subjects);
    }
}
