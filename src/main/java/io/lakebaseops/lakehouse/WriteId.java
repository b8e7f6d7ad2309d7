package io.lakebaseops.lakehouse;

import org.jspecify.annotations.Nullable;

/// Identifies a write, so that a repeated one is not stored twice.
///
/// @param writer stable name of who writes, one per tool and target: the table remembers each for
///     ever
/// @param sequence grows with every write of that writer, for instance the run's start in epoch
///     milliseconds
/// @param after the sequence this write goes on from: it is refused when the table holds a later
///     one of that writer, by another machine for instance; null where that does not matter
public record WriteId(String writer, long sequence, @Nullable Long after) {
    public WriteId(String writer, long sequence) {
        this(writer, sequence, null);
    }

    public WriteId {
        if (writer.isBlank() || sequence < 0) {
            throw new IllegalArgumentException("A write id has a writer and a sequence from 0");
        }
    }
}
