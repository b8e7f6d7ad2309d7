package io.lakebaseops.ask.plan;

import io.lakebaseops.domain.Source;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What the history or our own state gave.
///
/// @param queries how many were run for it
record Found(
        List<Map<String, @Nullable Object>> rows,
        Map<String, @Nullable Object> facts,
        int queries,
        Source source) {
    static Found stored(List<Map<String, @Nullable Object>> rows) {
        return new Found(rows, Map.of(), 1, Source.STORED);
    }
}
