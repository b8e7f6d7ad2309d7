package io.lakebaseops.lakehouse;

/// A table of sums over the partitions of another: a file per partition, made anew when the rows it
/// was made from have changed.
///
/// @param source partitioned like `sums`, among others by `date`
/// @param query sums the rows of one partition; its columns are those of `sums` without the
///     partition's, sorted as they are to lie in the file
public record Rollup(TableName source, TableName sums, LakeQuery query) {}
