package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When the dead rows of a table died, as far as it can be told: all that are left after a vacuum
/// died later than the horizon that vacuum met, and what was counted in between dates the rest.
///
/// @param counted since the last vacuum, oldest first
record DeadRowAges(TableState table, List<TableHistory.Point> counted) {
    DeadRowAges {
        counted =
                counted.stream()
                        .filter(
                                p ->
                                        table.lastVacuum() == null
                                                || p.at().isAfter(table.lastVacuum()))
                        .toList();
    }

    /// Dead rows that died after `from`; null when nobody can tell.
    ///
    /// @param oldest since when the oldest holder holds; a vacuum that ended later has removed all
    ///     that died before
    @Nullable Long diedAfter(Instant from, Instant oldest) {
        if (table.countersLost()) {
            return null;
        }
        if (table.deadRows() == 0) {
            return 0L;
        }
        var vacuumed = table.lastVacuum();
        var anchor = vacuumed;
        if (vacuumed != null && vacuumed.isAfter(oldest)) {
            anchor = oldest;
        } else if (anchor == null) {
            anchor = table.statsSince();
        }
        if (anchor != null && !from.isAfter(anchor)) {
            return table.deadRows();
        }
        var first = counted.isEmpty() ? null : counted.getFirst();
        if (anchor == null && (first == null || first.at().isAfter(from))) {
            return null;
        }
        double before = anchor == null ? 0 : deadAt(anchor, 0, from);
        if (anchor == null && first != null) {
            before = deadAt(first.at(), first.deadRows(), from);
        }
        return Math.round(Math.clamp(table.deadRows() - before, 0, table.deadRows()));
    }

    /// On the line through what was counted, from the beginning to now.
    private double deadAt(Instant begin, double beginRows, Instant at) {
        Instant leftAt = begin;
        double left = beginRows;
        for (var p : counted) {
            if (!p.at().isAfter(begin)) {
                continue;
            }
            if (p.at().isAfter(at)) {
                return between(leftAt, left, p.at(), p.deadRows(), at);
            }
            leftAt = p.at();
            left = p.deadRows();
        }
        return between(leftAt, left, table.at(), table.deadRows(), at);
    }

    private static double between(
            Instant from, double rowsFrom, Instant to, double rowsTo, Instant at) {
        double span = Duration.between(from, to).toMillis();
        double share = span <= 0 ? 1 : Duration.between(from, at).toMillis() / span;
        return rowsFrom + (rowsTo - rowsFrom) * Math.clamp(share, 0, 1);
    }
}
