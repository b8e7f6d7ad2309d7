package io.lakebaseops.domain;

/// One measured figure at one moment; rates and ratios are over the interval since the round
/// before.
///
/// @param detail what it is about (`shop.inventory`, a pid, a limit), in words for the tile
public record Metric(MetricName name, Observed<Double> value, String detail) {}
