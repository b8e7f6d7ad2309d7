package io.lakebaseops.explain;

/// How much a node matters for the time of its statement.
public enum PlanSeverity {
    NONE,
    /// More than 20 % of the time, or where an estimate went wrong by a factor of ten.
    WARNING,
    /// More than 50 % of the time, or where an estimate went wrong by a factor of a hundred.
    CRITICAL
}
