package io.lakebaseops.explain;

/// Pages a node and all below it used, in pages of 8 kB.
///
/// @param hit shared and local pages found in the buffer cache
/// @param read shared and local pages that were not
/// @param written shared and local pages written
/// @param tempRead pages read from temporary files
/// @param tempWritten pages written to temporary files
/// @param ioMillis reading and writing, where `track_io_timing` is on, else 0
public record Buffers(
        double hit,
        double read,
        double written,
        double tempRead,
        double tempWritten,
        double ioMillis) {
    static final Buffers NONE = new Buffers(0, 0, 0, 0, 0, 0);

    Buffers plus(Buffers other) {
        return new Buffers(
                hit + other.hit,
                read + other.read,
                written + other.written,
                tempRead + other.tempRead,
                tempWritten + other.tempWritten,
                ioMillis + other.ioMillis);
    }

    /// What is left when the nodes below are taken off; never below zero.
    Buffers minus(Buffers below) {
        return new Buffers(
                Math.max(0, hit - below.hit),
                Math.max(0, read - below.read),
                Math.max(0, written - below.written),
                Math.max(0, tempRead - below.tempRead),
                Math.max(0, tempWritten - below.tempWritten),
                Math.max(0, ioMillis - below.ioMillis));
    }
}
