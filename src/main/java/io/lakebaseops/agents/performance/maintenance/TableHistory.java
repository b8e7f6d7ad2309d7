package io.lakebaseops.agents.performance.maintenance;

import java.time.Instant;
import java.util.List;

/// The dead rows of one table over the last 24 hours: what was counted here, and the vacuums whose
/// figures are stored.
///
/// @param points oldest first; nobody counted in between
/// @param runs when a vacuum ended
public record TableHistory(List<Point> points, List<Run> runs) {
    public static final TableHistory NONE = new TableHistory(List.of(), List.of());

    public TableHistory {
        points = List.copyOf(points);
        runs = List.copyOf(runs);
    }

    public record Point(Instant at, double deadRows) {}

    /// @param removed dead rows; negative when they grew meanwhile
    /// @param simulated it was generated for demonstration and never ran
    public record Run(Instant at, long removed, double seconds, String kind, boolean simulated) {}
}
