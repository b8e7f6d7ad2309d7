package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.WaitClass;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The average number of active sessions over a time range, slice by slice and by wait class.
public record WaitLoad(TimeRange range, List<Slice> slices) {
    public WaitLoad {
        slices = List.copyOf(slices);
    }

    /// @param sessions mean of the time that was sampled; empty where nothing was
    /// @param sampledSeconds how long was sampled in this slice
    /// @param simulated some of it was generated, not measured
    public record Slice(
            Instant from,
            Instant until,
            Map<WaitClass, Double> sessions,
            double sampledSeconds,
            boolean simulated) {
        public Slice {
            sessions = Map.copyOf(sessions);
        }

        public boolean sampled() {
            return sampledSeconds > 0;
        }

        public double total() {
            return sessions.values().stream().mapToDouble(v -> v).sum();
        }
    }

    /// Means over the whole range, of the time that was sampled.
    public Map<WaitClass, Double> means() {
        var means = new EnumMap<WaitClass, Double>(WaitClass.class);
        double sampled = slices.stream().mapToDouble(Slice::sampledSeconds).sum();
        if (sampled > 0) {
            for (var slice : slices) {
                slice.sessions()
                        .forEach(
                                (c, mean) ->
                                        means.merge(
                                                c,
                                                mean * slice.sampledSeconds() / sampled,
                                                Double::sum));
            }
        }
        return means;
    }

    public double mean() {
        return means().values().stream().mapToDouble(v -> v).sum();
    }
}
