package io.lakebaseops.agents.health.archival;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A table with cold rows: how old its rows are, what moving them would free, and what stands
/// against it.
///
/// @param timeColumn whose age counts, found from statistics
/// @param coldRows older than the threshold; of a partitioned table those in whole cold partitions
/// @param freedBytes with indexes; of a table whose rows are deleted an estimate by their share
/// @param partitions how many whole partitions are cold; 0 for a table whose rows are deleted
/// @param obstacles empty when it is ready
/// @param ages by month or partition, the oldest first
public record ColdCandidate(
        String database,
        String schema,
        String table,
        String timeColumn,
        long rows,
        long coldRows,
        long bytes,
        long freedBytes,
        int partitions,
        List<String> obstacles,
        String publications,
        List<Age> ages) {
    public ColdCandidate {
        obstacles = List.copyOf(obstacles);
        ages = List.copyOf(ages);
    }

    /// The rows of a month or of a partition.
    ///
    /// @param partition its name; null for the rows of a month
    /// @param lastRead when a query last read the partition, as far as statistics go back
    public record Age(
            Instant from,
            Instant until,
            long rows,
            long bytes,
            @Nullable String partition,
            @Nullable Instant lastRead) {}

    public boolean ready() {
        return obstacles.isEmpty();
    }

    public String name() {
        return schema + "." + table;
    }
}
