package io.lakebaseops.lakehouse;

/// How large is a table at a version? Live files only; bytes as stored.
public record TableFacts(long version, long rows, int files, long bytes) {}
