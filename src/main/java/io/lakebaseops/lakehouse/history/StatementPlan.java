package io.lakebaseops.lakehouse.history;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An execution plan a statement has had.
///
/// @param at when it was first seen
/// @param fingerprint changes only when the way changes, not when the figures do
/// @param json as EXPLAIN (FORMAT JSON) gives it, literals masked
/// @param meanMillis of a call when it was seen; null when not known
/// @param changed another plan was in use before
/// @param capturedBy `generic_plan`, `explain`, `analyze` or `auto_explain`
/// @param simulated generated, not seen
public record StatementPlan(
        Instant at,
        String fingerprint,
        String json,
        double totalCost,
        double rows,
        @Nullable Double meanMillis,
        boolean changed,
        String capturedBy,
        boolean simulated) {}
