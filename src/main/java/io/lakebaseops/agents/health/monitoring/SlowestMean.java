package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.ServerReading.SlowTotals;

import org.jspecify.annotations.Nullable;

/// The statement with the longest mean time between two readings.
record SlowestMean(long queryid, double seconds) {
    static @Nullable SlowestMean between(ServerReading now, @Nullable ServerReading before) {
        if (before == null) {
            return null;
        }
        SlowestMean worst = null;
        for (var entry : now.slow().entrySet()) {
            var mean = mean(entry.getValue(), before.slow().get(entry.getKey()), before);
            if (mean >= 1 && (worst == null || mean > worst.seconds())) {
                worst = new SlowestMean(entry.getKey().queryid(), mean);
            }
        }
        return worst;
    }

    /// Seconds per call; 0 when it did not run, or when we cannot tell since when it counts.
    private static double mean(SlowTotals now, @Nullable SlowTotals then, ServerReading before) {
        if (then != null && then.statsSince().equals(now.statsSince())) {
            long calls = now.calls() - then.calls();
            return calls <= 0 ? 0 : (now.execMs() - then.execMs()) / calls / 1000;
        }
        boolean bornSince = now.statsSince().isAfter(before.at());
        return bornSince && now.calls() > 0 ? now.execMs() / now.calls() / 1000 : 0;
    }
}
