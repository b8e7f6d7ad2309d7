package io.lakebaseops.lakehouse;

/// The outcome of an append.
///
/// @param version the table's version that holds the rows
public record AppendResult(TableName table, Outcome outcome, long version, long rows) {
    public enum Outcome {
        STORED,
        /// The same `WriteId` had been stored before; nothing was written.
        ALREADY_STORED,
        /// The writer had gone on from what this write goes on from; nothing was written.
        OVERTAKEN,
        /// There was nothing to write.
        EMPTY
    }
}
