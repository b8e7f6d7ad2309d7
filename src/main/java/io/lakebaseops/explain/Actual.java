package io.lakebaseops.explain;

/// What EXPLAIN ANALYZE measured of a node.
///
/// @param totalMillis until the last row, mean of a loop, with all nodes below; 0 with TIMING OFF
/// @param rows mean of a loop
/// @param loops how often the node was run, in all processes; 0 when it never was
/// @param timed false with TIMING OFF, or where the server measured no time
public record Actual(double totalMillis, double rows, double loops, boolean timed) {
    public boolean executed() {
        return loops > 0;
    }

    /// Rows of all loops together.
    public double allRows() {
        return rows * loops;
    }
}
