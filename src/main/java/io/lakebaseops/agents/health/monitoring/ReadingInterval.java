package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric.Condition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Two readings of a server and the time between them, over which rates and ratios are taken.
final class ReadingInterval {
    /// A cache fills and a load ends within this time after a start; ratios of it are not judged.
    static final Duration WARM_UP = Duration.ofMinutes(5);

    private final ServerReading now;
    private final @Nullable ServerReading before;
    private final @Nullable ServerReading window;
    private final Deadlocks deadlocks;
    private final Derived.Missing noRate;
    private final double seconds;

    /// @param earlier the round before of the same kind
    /// @param windowStart the oldest round of the last minute: ratios need more traffic than passes
    ///     in one round
    /// @param deadlocks seen in the last hour, or since watching began
    ReadingInterval(
            ServerReading now,
            @Nullable ServerReading earlier,
            @Nullable ServerReading windowStart,
            Deadlocks deadlocks) {
        this.now = now;
        boolean anew = earlier != null && now.restartedSince(earlier);
        before = anew ? null : earlier;
        window = windowStart == null || now.restartedSince(windowStart) ? before : windowStart;
        this.deadlocks = deadlocks;
        noRate =
                anew
                        ? new Derived.Missing(
                                Condition.COUNTERS_RESET,
                                "the statistics began anew since the last round")
                        : new Derived.Missing(Condition.FIRST_ROUND, "needs two measurements");
        seconds = earlier == null ? 0 : Duration.between(earlier.at(), now.at()).toNanos() / 1e9;
    }

    ServerReading now() {
        return now;
    }

    @Nullable ServerReading before() {
        return before;
    }

    Deadlocks deadlocks() {
        return deadlocks;
    }

    /// Why nothing can be said about an interval.
    Derived.Missing noRate() {
        return noRate;
    }

    double seconds() {
        return seconds;
    }

    /// What the counters grew by since the round before, together.
    OptionalDouble delta(String... counters) {
        return delta(before, counters);
    }

    /// The same over the last minute.
    OptionalDouble windowDelta(String... counters) {
        return delta(window, counters);
    }

    private OptionalDouble delta(@Nullable ServerReading then, String... counters) {
        double sum = 0;
        for (var counter : counters) {
            var current = now.number(counter);
            if (then == null || current.isEmpty() || then.number(counter).isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += current.getAsDouble() - then.number(counter).getAsDouble();
        }
        return OptionalDouble.of(sum);
    }

    long windowSeconds() {
        return window == null ? 0 : Duration.between(window.at(), now.at()).toSeconds();
    }

    /// Why ratios are not judged yet: null once the server runs, and counts, for long enough.
    @Nullable String warmingUp() {
        var began =
                Stream.of("postmaster_start", "database_stats_reset")
                        .map(column -> ServerReading.instant(now.values().get(column)))
                        .filter(at -> at != null)
                        .max(Instant::compareTo);
        var age = began.map(at -> Duration.between(at, now.at())).orElse(WARM_UP);
        return age.compareTo(WARM_UP) < 0
                ? "counted for %s only".formatted(Format.briefly(age))
                : null;
    }
}
