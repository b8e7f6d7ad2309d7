package io.lakebaseops.lakehouse;

/// What bringing a table of sums up to date did, in partitions.
///
/// @param made summed up, for the first time or anew
/// @param removed whose rows are gone
/// @param left for the next time
public record RollupReport(TableName table, int made, int removed, int left) {}
