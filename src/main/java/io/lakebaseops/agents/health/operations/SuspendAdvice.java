package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What each suspend timeout of a branch's compute would have cost, and which one is best.
///
/// @param current today's timeout; null = never suspends
/// @param curve one point for each timeout that the platform takes, shortest first, never last
/// @param today the point of today's timeout
/// @param best the point with the least cost whose cold starts are allowed
/// @param from begin of the replayed activity
/// @param currency null when no bill is stored: then costs are null too
/// @param resolutionSeconds activity is known no finer than this
/// @param wake measured cold starts; null when none was seen
/// @param generatedUntil activity or bill are generated until then; null when all was measured
public record SuspendAdvice(
        String branch,
        String endpoint,
        @Nullable Duration current,
        List<Point> curve,
        Point today,
        Point best,
        Instant from,
        Instant until,
        double allowedPerDay,
        @Nullable String currency,
        double resolutionSeconds,
        @Nullable Wake wake,
        @Nullable Instant generatedUntil) {
    public SuspendAdvice {
        curve = List.copyOf(curve);
    }

    /// @param timeout null = never
    /// @param costPerDay in the currency; null when no price is known
    public record Point(
            @Nullable Duration timeout,
            double coldStartsPerDay,
            double awakeHoursPerDay,
            @Nullable Double costPerDay) {}

    /// @param count cold starts that were measured
    public record Wake(double medianSeconds, double highSeconds, int count) {}

    /// Awake hours a day that the best timeout saves; 0 when today's is the best.
    public double savedHours() {
        return Math.max(0, today.awakeHoursPerDay() - best.awakeHoursPerDay());
    }

    /// In the currency a day; null when no price is known.
    public @Nullable Double savedPerDay() {
        var now = today.costPerDay();
        var then = best.costPerDay();
        return now == null || then == null ? null : Math.max(0, now - then);
    }

    /// Whether a change is worth a person's decision: an hour in twenty of what it is awake now.
    public boolean worthwhile() {
        return savedHours() > 0.05 * today.awakeHoursPerDay() && savedHours() > 0.1;
    }
}
