package io.lakebaseops.lakehouse;

/// Identifies a write, so that a repeated one is not stored twice.
///
/// @param writer stable name of who writes, one per tool and target: the table remembers each for
///     ever
/// @param sequence grows with every write of that writer, for instance the run's start in epoch
///     milliseconds
public record WriteId(String writer, long sequence) {
    public WriteId {
        if (writer.isBlank() || sequence < 0) {
            throw new IllegalArgumentException("A write id has a writer and a sequence from 0");
        }
    }
}
