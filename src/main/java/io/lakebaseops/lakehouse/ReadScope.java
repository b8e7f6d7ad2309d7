package io.lakebaseops.lakehouse;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The part of the history that a query may see. Files outside are not even opened.
///
/// Bounds apply to every table of the query that has the column; a table without it is seen whole.
///
/// @param from first `recorded_at` seen, null for the beginning
/// @param until first `recorded_at` no longer seen, null for no end
/// @param branch only rows of this `branch_id`, null for all
/// @param versions tables to be read as they were at a version, instead of as they are
/// @param partition only files with these values of partition columns, as the log writes them
/// @param rollup where sums stand for rows; null reads every table as it is
public record ReadScope(
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String branch,
        Map<TableName, Long> versions,
        Map<String, String> partition,
        @Nullable RollupScope rollup) {
    public ReadScope {
        versions = Map.copyOf(versions);
        partition = Map.copyOf(partition);
    }

    public static final ReadScope ALL = new ReadScope(null, null, null, Map.of(), Map.of(), null);

    public static ReadScope between(Instant from, Instant until) {
        return new ReadScope(from, until, null, Map.of(), Map.of(), null);
    }

    public static ReadScope since(Instant from) {
        return new ReadScope(from, null, null, Map.of(), Map.of(), null);
    }

    public ReadScope onBranch(String branchId) {
        return new ReadScope(from, until, branchId, versions, partition, rollup);
    }

    public ReadScope inPartition(Map<String, String> values) {
        return new ReadScope(from, until, branch, versions, values, rollup);
    }

    /// Time travel, as far back as the table's log and files are kept.
    public ReadScope asOf(TableName table, long version) {
        var all = new HashMap<>(versions);
        all.put(table, version);
        return new ReadScope(from, until, branch, all, partition, rollup);
    }

    /// The same, with sums in place of rows wherever they say the same.
    public ReadScope summed(RollupScope sums) {
        return new ReadScope(from, until, branch, versions, partition, sums);
    }
}
