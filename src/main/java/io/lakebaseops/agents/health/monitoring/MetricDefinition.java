package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

/// Everything the product knows about one metric: how it is derived and, when it is watched, its
/// limits, its gauge and the rows behind it. Measuring, alerts, gauges, verdict and evidence are
/// built from the list of these in [MetricDefinitions].
///
/// @param watched null for a metric that is only recorded
public record MetricDefinition(MetricName name, Derivation derivation, @Nullable Watched watched) {

    /// What makes a metric a gauge with an alert of its own.
    public record Watched(AlertRule rule, GaugeText gauge, MetricEvidence evidence) {
        Watched with(AlertRule other) {
            return new Watched(other, gauge, evidence);
        }

        /// For the verdict: `shop.inventory has 27 % dead rows`.
        public String sentence(Metric metric) {
            return gauge.sentence(metric);
        }
    }
}
