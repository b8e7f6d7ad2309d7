package io.lakebaseops.trial;

import org.jspecify.annotations.Nullable;

/// A statement of the workload before and after the change.
///
/// @param beforeMs median on the branch before the change; null when it was not measured
/// @param interval of after by before; null when it was not measured
/// @param skipped why it was not measured, null when it was
public record QueryComparison(
        long queryId,
        String query,
        long calls,
        @Nullable Double beforeMs,
        @Nullable Double afterMs,
        @Nullable Bootstrap interval,
        Verdict verdict,
        @Nullable String skipped) {

    public enum Verdict {
        FASTER,
        SAME,
        SLOWER,
        /// It ran before the change and fails now.
        BROKEN,
        SKIPPED
    }

    /// A quarter slower, surely, and by more than what clocks and neighbours make of nothing.
    private static final double SLOWER = 1.25;

    private static final double NOTICED_MS = 1.0;

    static QueryComparison measured(
            TopStatement statement, double[] before, double[] after, Bootstrap interval) {
        double b = Bootstrap.median(before);
        double a = Bootstrap.median(after);
        boolean noticed = Math.abs(a - b) >= NOTICED_MS;
        var verdict =
                noticed && interval.low() > SLOWER
                        ? Verdict.SLOWER
                        : noticed && interval.high() < 1 / SLOWER ? Verdict.FASTER : Verdict.SAME;
        return new QueryComparison(
                statement.queryid(),
                statement.query(),
                statement.calls(),
                b,
                a,
                interval,
                verdict,
                null);
    }

    static QueryComparison without(TopStatement statement, Verdict verdict, String why) {
        return new QueryComparison(
                statement.queryid(),
                statement.query(),
                statement.calls(),
                null,
                null,
                null,
                verdict,
                why);
    }
}
