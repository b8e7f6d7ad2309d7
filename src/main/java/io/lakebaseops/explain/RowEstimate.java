package io.lakebaseops.explain;

/// How far the rows the planner expected of a node were from the rows it gave.
public enum RowEstimate {
    /// Within a factor of ten, or not measured.
    GOOD,
    /// Off by a factor of ten or more, while the inputs were estimated better: here it went wrong.
    ORIGIN,
    /// Off because a node below is.
    FROM_BELOW,
    /// Fewer rows than expected because the node above wanted no more; no error.
    STOPPED_EARLY
}
