package io.lakebaseops.local.billing;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time in which one compute was awake with one size.
///
/// @param cu its size in compute units; an autoscaling compute stays at its smallest here
/// @param until null while it is awake
record AwakeTime(
        String project,
        String branch,
        String endpoint,
        double cu,
        Instant from,
        @Nullable Instant until) {
    /// Without times and size: equal for all of one endpoint.
    AwakeTime owner() {
        return new AwakeTime(project, branch, endpoint, 0, Instant.EPOCH, null);
    }

    AwakeTime endedAt(Instant end) {
        return new AwakeTime(project, branch, endpoint, cu, from, end.isBefore(from) ? from : end);
    }

    /// Whole seconds within the span; a second that has begun counts.
    long seconds(Instant start, Instant end) {
        Instant first = from.isAfter(start) ? from : start;
        Instant last = until == null || until.isAfter(end) ? end : until;
        if (!first.isBefore(last)) {
            return 0;
        }
        Duration awake = Duration.between(first, last);
        return awake.getSeconds() + (awake.getNano() > 0 ? 1 : 0);
    }
}
