package io.lakebaseops.console.queries;

import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.StatementTotals.Change;
import io.lakebaseops.lakehouse.history.StatementTotals.Work;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A line of the statements table: one statement, role, application or database in a range.
///
/// @param queryId null when the line is no statement
/// @param text in one line, select list and FROM folded
/// @param query the whole text; null when not known
/// @param share of the load of the range, 0 to 1
/// @param classes session time by what was waited for, s; empty where it was not sampled
/// @param work null where only samples tell of it
/// @param length of the range
/// @param trend mean time of a call over all that is shown, NaN where it did not run
/// @param simulated some of it, or of what it is compared with, was generated, not measured
record StatementLine(
        String key,
        @Nullable Long queryId,
        @Nullable String database,
        @Nullable String role,
        String text,
        @Nullable String query,
        double share,
        Map<WaitClass, Double> classes,
        @Nullable Work work,
        Duration length,
        @Nullable Double spreadMillis,
        @Nullable Change change,
        List<Double> trend,
        boolean reset,
        boolean simulated) {
    StatementLine {
        classes = Map.copyOf(classes);
        trend = List.copyOf(trend);
    }

    double seconds() {
        return Math.max(1, length.toMillis() / 1000.0);
    }

    /// Session time of one class; NaN where nothing was sampled.
    double in(WaitClass of) {
        return classes.getOrDefault(of, 0.0);
    }

    /// Has it the same work behind it as in another picture?
    boolean ranLike(@Nullable StatementLine other) {
        return other != null && Objects.equals(work, other.work);
    }

    boolean changed() {
        return change != null && change.significant();
    }

    /// How many times the mean is of what it was; 1 where it is not known to have changed.
    double factor() {
        return change != null && change.significant() && change.ratio() instanceof Double r
                ? 1 + r
                : 1;
    }
}
