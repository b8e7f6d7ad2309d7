package io.lakebaseops.lakehouse.delta;

import java.time.Duration;
import java.util.Map;

/// Limits for merging small files and for keeping replaced ones.
///
/// @param targetBytes size merged files aim at; 64 MB scans well and rewrites in seconds
/// @param smallBytes files below are merged
/// @param minSmallFiles so many small files of a partition still filling are merged; once its day
///     is over, two are enough
/// @param fileGrace files out of use stay so long, for readers in flight and for time travel
/// @param logRetention log entries stay so long; must not be shorter than `fileGrace`
/// @param checkpointInterval commits between two checkpoints
public record MaintenancePolicy(
        long targetBytes,
        long smallBytes,
        int minSmallFiles,
        Duration fileGrace,
        Duration logRetention,
        int checkpointInterval) {

    /// A day of grace covers any query; two days of log cover a weekend's undo of a bad write.
    public static final MaintenancePolicy DEFAULT =
            new MaintenancePolicy(
                    64L << 20, 16L << 20, 8, Duration.ofDays(1), Duration.ofDays(2), 50);

    public MaintenancePolicy {
        if (smallBytes > targetBytes || minSmallFiles < 2 || checkpointInterval < 1) {
            throw new IllegalArgumentException("Merging needs small < target and two files");
        }
        if (logRetention.compareTo(fileGrace) < 0) {
            // The log is where the time of a file's removal is read from.
            throw new IllegalArgumentException("The log must be kept as long as removed files");
        }
    }

    /// What other Delta writers and readers of the table should know. Five statistics columns are
    /// the common ones; more would swell the log of a table with sixty columns.
    Map<String, String> tableProperties() {
        return Map.of(
                "delta.checkpointInterval", Integer.toString(checkpointInterval),
                "delta.dataSkippingNumIndexedCols", "5",
                "delta.enableExpiredLogCleanup", "false",
                "delta.logRetentionDuration", interval(logRetention),
                "delta.deletedFileRetentionDuration", interval(fileGrace));
    }

    private static String interval(Duration duration) {
        return "interval " + duration.toSeconds() + " seconds";
    }
}
