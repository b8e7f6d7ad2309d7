package io.lakebaseops.agents.performance.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What every statement did between two snapshots. A counter that was reset, or an entry that was
/// thrown out and came back, is recognised by the birth of its statistics (`stats_since`); what it
/// did before that inside the interval cannot be known and is marked, never guessed.
///
/// @param changes statements that did something, most time first; our own are left out
/// @param resetAll all statistics were reset in between
/// @param restarted the server was restarted in between
/// @param evictions entries thrown out in between; -1 when that cannot be told
/// @param vanished entries of the earlier snapshot that are gone
/// @param unknown entries older than the earlier snapshot that it did not hold: no base to subtract
record StatementDeltas(
        List<Change> changes,
        boolean resetAll,
        boolean restarted,
        long evictions,
        int vanished,
        int unknown) {
    StatementDeltas {
        changes = List.copyOf(changes);
    }

    /// @param delta sums are differences, the rest as read
    /// @param reset its counters began anew inside the interval
    record Change(StatementEntry delta, double intervalSeconds, boolean reset) {}

    static StatementDeltas between(StatementSnapshot before, StatementSnapshot now) {
        var changes = new ArrayList<Change>();
        int unknown = 0;
        for (var entry : now.entries().values()) {
            if (now.ours(entry.key())) {
                continue;
            }
            var earlier = before.entries().get(entry.key());
            boolean same = earlier != null && earlier.statsSince().equals(entry.statsSince());
            boolean born = entry.statsSince().isAfter(before.at());
            Change change = null;
            if (earlier != null && same) {
                change = grown(entry, earlier, before.at(), now.at());
            } else if (earlier != null || born) {
                var from = born ? entry.statsSince() : before.at();
                change = new Change(entry, seconds(from, now.at()), earlier != null);
            } else {
                unknown++;
            }
            if (change != null && change.delta().active()) {
                changes.add(change);
            }
        }
        changes.sort(Comparator.comparingDouble((Change c) -> c.delta().execTime()).reversed());
        boolean resetAll =
                now.statsReset() != null && !now.statsReset().equals(before.statsReset());
        int vanished =
                (int)
                        before.entries().keySet().stream()
                                .filter(k -> !now.entries().containsKey(k))
                                .count();
        return new StatementDeltas(
                changes,
                resetAll,
                !now.postmasterStart().equals(before.postmasterStart()),
                resetAll || now.evictions() < before.evictions()
                        ? -1
                        : now.evictions() - before.evictions(),
                vanished,
                unknown);
    }

    private static Change grown(
            StatementEntry now, StatementEntry before, Instant from, Instant until) {
        var sums = new double[StatementEntry.SUMS];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = now.sums()[i] - before.sums()[i];
            // Counts and times only grow; 1 µs allows for the rounding of summed doubles.
            if (sums[i] < -0.001) {
                return new Change(now, seconds(from, until), true);
            }
            sums[i] = Math.max(0, sums[i]);
        }
        var delta =
                new StatementEntry(
                        now.key(), now.statsSince(), sums, now.asRead(), now.minmaxSince());
        return new Change(delta, seconds(from, until), false);
    }

    private static double seconds(Instant from, Instant until) {
        return Math.max(0, Duration.between(from, until).toNanos() / 1e9);
    }
}
