package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.TargetId;

/// Reads the vacuum state of a server for a person who looks at it: what holds rows back, what
/// runs, how far every table is from its own limits. Every call blocks.
public interface VacuumMonitor {
    /// Asked every few seconds; what costs the server more is read again more rarely.
    VacuumRound read(TargetId target);

    /// The last 24 hours of one table, from what was seen here and from the stored vacuums.
    TableHistory history(TargetId target, VacuumTable table);

    /// The activity of the last weeks by weekday and hour; hours without enough days are unknown.
    QuietHours quietHours(TargetId target);
}
