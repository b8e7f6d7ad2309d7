package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.lakehouse.history.WaitInterval;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sums up the samples of one server by intervals of ten seconds, and holds them until they are
/// written.
final class SampledWaits {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /// While nothing can be written, this much is held; what is older is lost and leaves a gap.
    static final int MOST_HELD = 360;

    /// After more missed samples than this nobody looked in between.
    private static final int MISSED = 5;

    private final String runId;
    private final Duration pace;
    private final List<WaitInterval> held = new ArrayList<>();
    private final Map<WaitInterval.Key, Long> sums = new HashMap<>();
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long samples;

    SampledWaits(String runId, Duration pace) {
        this.runId = runId;
        this.pace = pace;
    }

    synchronized void add(ActiveSessions sample) {
        var begun = first;
        var before = last;
        if (begun != null && before != null && !endOf(begun).isAfter(sample.at())) {
            boolean goesOn = before.plus(pace.multipliedBy(MISSED)).isAfter(sample.at());
            end(goesOn ? endOf(begun) : before);
        }
        if (first == null) {
            first = sample.at();
        }
        last = sample.at();
        samples++;
        sample.sessions().forEach((key, n) -> sums.merge(key, n, Long::sum));
    }

    /// The interval in progress becomes a short one.
    synchronized void endInterval() {
        var latest = last;
        if (latest != null) {
            end(latest);
        }
    }

    private void end(Instant until) {
        var begun = first;
        if (begun == null) {
            return;
        }
        // A sample stands for the time since the one before.
        var from = begun.minus(pace);
        var start = endOf(begun).minus(INTERVAL);
        double seconds =
                Duration.between(from.isBefore(start) ? start : from, until).toMillis() / 1e3;
        // A single sample at the very beginning, or a clock that was set back, is no interval.
        if (seconds > 0) {
            held.add(new WaitInterval(runId, until, seconds, seconds / samples, sums));
        }
        if (held.size() > MOST_HELD) {
            held.removeFirst();
        }
        sums.clear();
        samples = 0;
        first = null;
        last = null;
    }

    /// Ended intervals that are not written yet, oldest first.
    synchronized List<WaitInterval> held() {
        return List.copyOf(held);
    }

    synchronized void written(List<WaitInterval> done) {
        held.removeAll(done);
    }

    private static Instant endOf(Instant at) {
        long length = INTERVAL.toSeconds();
        return Instant.ofEpochSecond((at.getEpochSecond() / length + 1) * length);
    }
}
