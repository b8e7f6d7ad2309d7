package io.lakebaseops.ask.grounding;

/// What a figure measures, and in what it is held here.
enum Dimension {
    /// Things: rows, calls, connections.
    COUNT,
    /// Seconds.
    TIME,
    BYTES,
    /// A part of a whole, 0.987 for 98.7 %.
    SHARE,
    /// How many times as much.
    FACTOR,
    /// A result that does not say its unit.
    UNKNOWN
}
