package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.domain.MetricName;

import java.time.Instant;

/// A metric beyond its limit.
///
/// @param words the metric, its figure and its limit
/// @param since the first reading beyond the limit, without a break until now
public record Symptom(MetricName metric, double value, String words, Instant since) {}
