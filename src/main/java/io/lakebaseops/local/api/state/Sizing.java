package io.lakebaseops.local.api.state;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/// Autoscaling limits and suspend time of a compute.
///
/// @param minCu lower autoscaling limit in compute units
/// @param suspendAfter idle time before the compute stops; null = never
public record Sizing(
        double minCu,
        double maxCu,
        @Nullable Duration suspendAfter,
        Map<String, String> pgSettings) {
    /// What a project gets when its maker says nothing: 1 CU, asleep after a day.
    public static final Sizing DEFAULT = new Sizing(1, 1, Duration.ofDays(1), Map.of());

    public Sizing {
        pgSettings = Map.copyOf(pgSettings);
    }

    public Sizing limits(double min, double max) {
        return new Sizing(min, max, suspendAfter, pgSettings);
    }

    public Sizing suspend(@Nullable Duration after) {
        return new Sizing(minCu, maxCu, after, pgSettings);
    }

    public Sizing settings(Map<String, String> settings) {
        return new Sizing(minCu, maxCu, suspendAfter, settings);
    }
}
