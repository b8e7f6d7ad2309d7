package io.lakebaseops.explain;

/// What the planner expected of a node.
///
/// @param startupCost until the first row, in planner units
/// @param totalCost until the last row, in planner units
/// @param rows of one loop
/// @param width mean width of a row in bytes
public record Estimate(double startupCost, double totalCost, double rows, int width) {}
