package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.domain.plan.LockLevel;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Estimates how long a lock would be held and who would wait meanwhile. Speeds are wide on
/// purpose: from a small compute with a cold cache to a large one with a warm cache.
///
/// @param queriesPerSecond that the lock would keep waiting, null = not known
record HazardCost(double low, double high, @Nullable Double queriesPerSecond) {
    private static final double MB = 1e6;

    /// A sequential scan: storage at its slowest, memory at its fastest.
    private static final double SCAN_SLOW = 100 * MB;
    private static final double SCAN_FAST = 1000 * MB;

    /// Sorting is the larger part of a build.
    private static final double BUILD_SLOW = 20 * MB;
    private static final double BUILD_FAST = 120 * MB;

    /// A rewrite writes heap, WAL and every index anew.
    private static final double REWRITE_SLOW = 20 * MB;
    private static final double REWRITE_FAST = 150 * MB;

    /// Taking and giving back a lock that nobody holds.
    static final double BRIEF_SECONDS = 0.01;

    static HazardCost of(
            DdlForm.Work work, LockLevel lock, TableSize table, Traffic.@Nullable Rate rate) {
        var waiting = rate == null ? null : (Double) rate.blockedBy(lock);
        return switch (work) {
            case NOTHING -> new HazardCost(0, BRIEF_SECONDS, waiting);
            case SCAN ->
                    new HazardCost(table.bytes() / SCAN_FAST, table.bytes() / SCAN_SLOW, waiting);
            case INDEX_BUILD ->
                    new HazardCost(table.bytes() / BUILD_FAST, table.bytes() / BUILD_SLOW, waiting);
            case REWRITE -> {
                double all = table.bytes() + (double) table.indexBytes();
                yield new HazardCost(all / REWRITE_FAST, all / REWRITE_SLOW, waiting);
            }
        };
    }

    @Nullable Double wouldQueue() {
        return queriesPerSecond == null ? null : (Double) (high * queriesPerSecond);
    }

    /// An unknown crowd is none: what is said of it elsewhere is that it is not known.
    double crowd() {
        var queue = wouldQueue();
        return queue == null ? 0 : queue;
    }

    /// `0.2–1.5 s`, `3–21 min`.
    String duration() {
        if (high <= BRIEF_SECONDS) {
            return "an instant";
        }
        return high < 120
                ? String.format(Locale.ROOT, "%.1f–%.1f s", low, high)
                : String.format(Locale.ROOT, "%.0f–%.0f min", low / 60, Math.ceil(high / 60));
    }
}
