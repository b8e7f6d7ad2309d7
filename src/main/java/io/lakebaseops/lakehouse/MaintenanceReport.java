package io.lakebaseops.lakehouse;

import java.time.Duration;

/// What maintenance of a table removed, merged and left.
///
/// @param rowsExpired rows older than the retention, gone from the table
/// @param filesMerged small files that were replaced by larger ones
/// @param filesWritten files written by merging and by cutting off expired rows
/// @param filesLeft files that there was no time for
/// @param filesDeleted data files deleted from the disk: no longer needed, or never committed
/// @param logFilesDeleted entries of the transaction log that a checkpoint made dispensable
public record MaintenanceReport(
        TableName table,
        long version,
        long rowsExpired,
        int filesMerged,
        int filesWritten,
        int filesLeft,
        int filesDeleted,
        long bytesDeleted,
        int logFilesDeleted,
        TableFacts after,
        Duration took) {}
