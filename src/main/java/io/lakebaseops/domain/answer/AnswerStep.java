package io.lakebaseops.domain.answer;

import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// One thing that was run for an answer, and what it gave.
///
/// @param tool a tool's name, or that of a query of the library: `ask/largest_tables`
/// @param words what it was run for
/// @param rows read by it
/// @param sql its statement as sent, for queries
/// @param firstRows null when it gave none
/// @param failed why it gave nothing
public record AnswerStep(
        String tool,
        String words,
        int queries,
        long rows,
        Duration took,
        @Nullable String sql,
        @Nullable ResultTable firstRows,
        Instant readAt,
        Source origin,
        @Nullable String failed) {}
