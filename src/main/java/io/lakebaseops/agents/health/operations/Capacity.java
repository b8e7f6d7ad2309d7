package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// How one resource grew, and when it meets its limit by the last forecast.
///
/// @param name `storage`, `connections` or `transaction_ids`
/// @param future empty when nothing was forecast: not predictable, or not tried yet
/// @param error of the forecast on the past, as a share; null without a forecast
/// @param generatedUntil what it rests on is generated until then; null when all was measured
/// @param limitMet null when the limit is not met within the days forecast
public record Capacity(
        String name,
        List<Day> past,
        List<Ahead> future,
        @Nullable Double error,
        @Nullable Double limit,
        @Nullable LocalDate limitMet,
        @Nullable Instant generatedUntil) {
    public Capacity {
        past = List.copyOf(past);
        future = List.copyOf(future);
    }

    public record Day(LocalDate day, double value) {}

    public record Ahead(LocalDate day, double expected, double low, double high) {}
}
