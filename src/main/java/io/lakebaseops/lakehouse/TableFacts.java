package io.lakebaseops.lakehouse;

/// Size of a table at a version. Live files only; bytes as stored.
///
/// @param rows -1 when another program added files without counting their rows
public record TableFacts(long version, long rows, int files, long bytes) {}
